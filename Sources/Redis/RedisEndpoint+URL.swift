import Foundation

extension RedisEndpoint {
    /// Reads `redis://user:password@host:port/database`, where all but the host may be left out, or
    /// `redis+sentinel://user:password@host:port,host:port/primary/database`, where the hosts are sentinels and the
    /// login is that of the primary.
    ///
    /// A server that belongs to a cluster stands for all of it. User and password are percent-decoded. Throws
    /// ``RedisError/invalidEndpoint(reason:)``, whose reason repeats no part that could hold a secret.
    public init(url: String) throws(RedisError) {
        if url.hasPrefix("rediss://") {
            throw .invalidEndpoint(reason: "rediss:// needs TLS, which the linked hiredis lacks; use redis://")
        }
        for (scheme, isSentinel) in [("redis://", false), ("redis+sentinel://", true)] where url.hasPrefix(scheme) {
            let parts = Self.parts(of: url.dropFirst(scheme.count))
            self = try isSentinel ? .watched(parts) : .plain(parts)
            return
        }
        throw .invalidEndpoint(reason: "it must begin with redis:// or redis+sentinel://")
    }

    private struct Parts {
        var login: Substring?
        var hosts: Substring
        var path: Substring
    }

    private static func parts(of text: Substring) -> Parts {
        let slash = text.firstIndex(of: "/")
        let authority = slash.map { text[..<$0] } ?? text
        let path = slash.map { text[text.index(after: $0)...] } ?? ""
        guard let at = authority.lastIndex(of: "@") else { return Parts(hosts: authority, path: path) }
        return Parts(login: authority[..<at], hosts: authority[authority.index(after: at)...], path: path)
    }

    private static func plain(_ parts: Parts) throws(RedisError) -> RedisEndpoint {
        var endpoint = try RedisEndpoint(RedisAddress(parts.hosts, defaultPort: 6_379), parts)
        endpoint.database = try database(parts.path)
        return endpoint
    }

    private static func watched(_ parts: Parts) throws(RedisError) -> RedisEndpoint {
        let hosts = parts.hosts.split(separator: ",", omittingEmptySubsequences: false)
        let sentinels = try hosts.map { (host) throws(RedisError) in try RedisAddress(host, defaultPort: 26_379) }
        let path = parts.path.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = path.first, !name.isEmpty else {
            throw .invalidEndpoint(reason: "the primary's name is missing; write redis+sentinel://host:26379/name")
        }
        var endpoint = try RedisEndpoint(sentinels[0], parts)
        endpoint.sentinels = RedisSentinels(sentinels, primary: String(name))
        endpoint.database = try database(path.count > 1 ? path[1] : "")
        return endpoint
    }

    private init(_ address: RedisAddress, _ parts: Parts) throws(RedisError) {
        self.init(host: address.host, port: address.port)
        if let login = parts.login { (username, password) = try Self.login(login) }
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

    private static func database(_ path: Substring) throws(RedisError) -> Int {
        if path.isEmpty { return 0 }
        guard let database = Int(path), database >= 0 else {
            throw .invalidEndpoint(reason: "the database must be a number from 0")
        }
        return database
    }
}
