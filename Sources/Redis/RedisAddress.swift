/// Where a server listens.
public struct RedisAddress: Sendable, Hashable, CustomStringConvertible {
    public var host: String
    public var port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// `host:port`, how errors name the server.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension RedisAddress {
    /// Reads `host`, `host:port` or `[IPv6]:port`.
    init(_ text: Substring, defaultPort: Int) throws(RedisError) {
        var host = text
        var port: Substring?
        if text.hasPrefix("["), let bracket = text.firstIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<bracket]
            let rest = text[text.index(after: bracket)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw .invalidEndpoint(reason: "text after ]") }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = text.lastIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        guard !host.isEmpty else { throw .invalidEndpoint(reason: "the host is missing") }
        guard !host.contains("?") else { throw .invalidEndpoint(reason: "a ? in the host; options stand behind a /") }
        self.init(
            host: String(host),
            port: try port.map { (port) throws(RedisError) in try Self.portNumber(port) } ?? defaultPort)
    }

    private static func portNumber(_ text: Substring) throws(RedisError) -> Int {
        guard let port = Int(text), (1...65_535).contains(port) else {
            throw .invalidEndpoint(reason: "the port must be a number from 1 to 65535")
        }
        return port
    }
}
