/// A reply of Redis, copied out of the driver.
public enum RedisValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case simple(String)
    case bulk([UInt8])
    case array(RedisArray)
    /// The server's error text, such as `WRONGTYPE Operation …`.
    case error(String)

    /// The text of a simple or bulk string, or the digits of an integer; bytes that are not UTF-8 are repaired.
    public var string: String? {
        switch self {
        case .simple(let text): text
        case .bulk(let bytes): String(decoding: bytes, as: UTF8.self)
        case .integer(let number): String(number)
        case .null, .array, .error: nil
        }
    }

    /// The bytes of a simple or bulk string.
    public var bytes: [UInt8]? {
        switch self {
        case .bulk(let bytes): bytes
        case .simple(let text): Array(text.utf8)
        case .null, .integer, .array, .error: nil
        }
    }

    /// The number of an integer reply, or of a string that is one.
    public var int: Int? {
        if case .integer(let number) = self { return Int(exactly: number) }
        return string.flatMap { Int($0) }
    }

    /// The elements of an array.
    public var elements: RedisArray? {
        if case .array(let elements) = self { elements } else { nil }
    }
}
