import Foundation

/// Where a Redis server is and how to get in. Its description hides the password.
public struct RedisEndpoint: Sendable, Hashable {
    public var host: String
    public var port: Int
    /// The ACL user, nil for the default user.
    public var username: String?
    public var password: String?
    public var database: Int

    public init(
        host: String, port: Int = 6379, username: String? = nil, password: String? = nil, database: Int = 0
    ) {
        self.host = host
        self.port = port
        self.username = username
        self.password = password
        self.database = database
    }

    /// Reads `redis://user:password@host:port/database`; all but the host may be left out.
    ///
    /// User and password are percent-decoded. Throws ``RedisError/invalidEndpoint(reason:)``, whose reason repeats no
    /// part that could hold a secret.
    public init(url: String) throws(RedisError) {
        let (authority, path) = try Self.parts(of: url)
        let at = authority.lastIndex(of: "@")
        (host, port) = try Self.address(at.map { authority[authority.index(after: $0)...] } ?? authority)
        (username, password) = try at.map { (at) throws(RedisError) in try Self.login(authority[..<at]) } ?? (nil, nil)
        database = try Self.database(path)
    }
}

extension RedisEndpoint: CustomStringConvertible, CustomReflectable {
    /// The URL with `***` for the password.
    public var description: String {
        let login = password == nil ? "" : "\(username ?? ""):***@"
        return "redis://\(login)\(address)/\(database)"
    }

    public var customMirror: Mirror { Mirror(self, children: ["url": description]) }

    /// `host:port`, how errors name the server.
    var address: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension RedisEndpoint {
    private static func parts(of url: String) throws(RedisError) -> (authority: Substring, path: Substring) {
        if url.hasPrefix("rediss://") {
            throw .invalidEndpoint(reason: "rediss:// needs TLS, which the linked hiredis lacks; use redis://")
        }
        guard url.hasPrefix("redis://") else { throw .invalidEndpoint(reason: "it must begin with redis://") }
        let rest = url.dropFirst("redis://".count)
        guard let slash = rest.firstIndex(of: "/") else { return (rest, "") }
        return (rest[..<slash], rest[rest.index(after: slash)...])
    }

    private static func login(_ text: Substring) throws(RedisError) -> (String?, String?) {
        guard let colon = text.firstIndex(of: ":") else {
            throw .invalidEndpoint(reason: "a user without a password; write user:password@ or :password@")
        }
        guard let user = String(text[..<colon]).removingPercentEncoding,
            let password = String(text[text.index(after: colon)...]).removingPercentEncoding
        else { throw .invalidEndpoint(reason: "user or password is not percent-encoded properly") }
        guard !password.isEmpty else { throw .invalidEndpoint(reason: "the password is empty") }
        return (user.isEmpty ? nil : user, password)
    }

    private static func address(_ text: Substring) throws(RedisError) -> (String, Int) {
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
        return (String(host), try port.map { (port) throws(RedisError) in try portNumber(port) } ?? 6379)
    }

    private static func portNumber(_ text: Substring) throws(RedisError) -> Int {
        guard let port = Int(text), (1...65_535).contains(port) else {
            throw .invalidEndpoint(reason: "the port must be a number from 1 to 65535")
        }
        return port
    }

    private static func database(_ path: Substring) throws(RedisError) -> Int {
        if path.isEmpty { return 0 }
        guard let database = Int(path), database >= 0 else {
            throw .invalidEndpoint(reason: "the database must be a number from 0")
        }
        return database
    }
}
