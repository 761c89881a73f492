import FoundationEssentials

/// Status and headers of an answer, before its body.
struct ResponseHead: Sendable {
    var status: Int
    /// "1.0", "1.1" or "2".
    var httpVersion: String
    var headers: HTTPHeaders
}

/// A whole answer. Its description shows neither header values nor body.
public struct HTTPResponse: Sendable, CustomStringConvertible {
    public let status: Int
    /// "1.0", "1.1" or "2".
    public let httpVersion: String
    public let headers: HTTPHeaders
    /// The body, decompressed.
    public let body: [UInt8]

    /// Whether the status is 2xx.
    public var isSuccess: Bool { (200..<300).contains(status) }

    /// The body as JSON. Throws `DecodingError` when it is not that.
    public func json<T: Decodable>(_ type: T.Type) throws -> T {
        try JSONDecoder().decode(type, from: Data(body))
    }

    public var description: String { "HTTP/\(httpVersion) \(status), \(body.count) bytes" }
}

/// An answer whose body is still arriving.
public struct HTTPStream: Sendable, CustomStringConvertible {
    public let status: Int
    /// "1.0", "1.1" or "2".
    public let httpVersion: String
    public let headers: HTTPHeaders
    /// The body, decompressed. Dropping the stream and its body closes the transfer.
    public let body: ResponseBody

    /// Whether the status is 2xx.
    public var isSuccess: Bool { (200..<300).contains(status) }

    public var description: String { "HTTP/\(httpVersion) \(status), streaming" }
}
