import FoundationEssentials

/// How long each part of an exchange may take.
public struct HTTPTimeouts: Sendable, Hashable {
    /// Resolving, connecting and the TLS handshake.
    public var connect: Duration
    /// The whole exchange, to the last byte of the body; `nil` for no limit.
    public var total: Duration?
    /// The longest silence of the server. Time in which nobody reads the body does not count.
    public var idle: Duration

    public init(connect: Duration = .seconds(10), total: Duration? = nil, idle: Duration = .seconds(60)) {
        self.connect = connect
        self.total = total
        self.idle = idle
    }
}

/// What to ask of which server. Its description shows neither query, user, header values nor body.
public struct HTTPRequest: Sendable {
    public var method: String
    /// An absolute `http` or `https` URL, percent-encoded.
    public var url: String
    public var headers: [HTTPHeader]
    public var body: [UInt8]?
    public var timeouts: HTTPTimeouts
    /// The longest body accepted, counted after decompression.
    public var maximumBodyBytes: Int
    /// How many redirects to follow. None by default: the 3xx answer is returned.
    public var maximumRedirects: Int

    public init(
        method: String = "GET", url: String, headers: [HTTPHeader] = [], body: [UInt8]? = nil,
        timeouts: HTTPTimeouts = HTTPTimeouts(), maximumBodyBytes: Int = 16 << 20, maximumRedirects: Int = 0
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeouts = timeouts
        self.maximumBodyBytes = maximumBodyBytes
        self.maximumRedirects = maximumRedirects
    }

    /// A request with a JSON body and the matching `Content-Type`.
    ///
    /// Throws `EncodingError` when the value has no JSON form.
    public static func json(
        _ method: String = "POST", _ url: String, body: some Encodable, headers: [HTTPHeader] = [],
        timeouts: HTTPTimeouts = HTTPTimeouts()
    ) throws -> HTTPRequest {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        let type = HTTPHeader("Content-Type", "application/json")
        return HTTPRequest(
            method: method, url: url, headers: [type] + headers, body: [UInt8](try encoder.encode(body)),
            timeouts: timeouts)
    }
}

extension HTTPRequest: CustomStringConvertible {
    public var description: String {
        let target = (try? RequestTarget(parsing: url))?.description ?? "an invalid URL"
        return "\(method) \(target)"
    }
}
