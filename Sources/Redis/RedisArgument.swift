/// An argument of a command. Write a string literal, or say which kind it is.
public enum RedisArgument: Sendable, Hashable {
    case string(String)
    case bytes([UInt8])
    case integer(Int64)
    /// As many arguments as there are texts.
    case texts(RedisTexts)

    public init(_ text: String) { self = .string(text) }
    public init(_ bytes: [UInt8]) { self = .bytes(bytes) }
    public init(_ number: some BinaryInteger) { self = .integer(Int64(number)) }
    /// The shortest text that reads back as the same number; infinities as `inf` and `-inf`.
    public init(_ number: Double) { self = .string("\(number)") }
    /// Whole milliseconds, at least one: Redis takes zero for "for ever".
    public init(milliseconds duration: Duration) { self = .integer(max(1, duration.wholeMilliseconds)) }

    /// The bytes of the argument, or more.
    var size: Int {
        switch self {
        case .string(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        case .integer: 20
        case .texts(let texts): texts.bytes.count + 16 * texts.count
        }
    }

    /// How many arguments it is.
    var count: Int {
        if case .texts(let texts) = self { texts.count } else { 1 }
    }
}

extension RedisArgument: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral {
    public init(stringLiteral text: String) { self = .string(text) }
    public init(integerLiteral number: Int64) { self = .integer(number) }
}

extension Duration {
    /// Milliseconds, rounded down.
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
