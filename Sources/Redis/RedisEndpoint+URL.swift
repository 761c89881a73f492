import Foundation

extension RedisEndpoint {
    /// Reads `redis://user:password@host:port/database`, where all but the host may be left out, or
    /// `redis+sentinel://user:password@host:port,host:port/primary/database`, where the hosts are sentinels and the
    /// login is that of the primary. Sentinels that ask for a login of their own get it from `?sentinel_password=`
    /// and `&sentinel_username=` at the end.
    ///
    /// A server that belongs to a cluster stands for all of it; several, `redis://host:port,host:port`, are nodes of
    /// one cluster of which some may be away. Users and passwords are percent-decoded. Throws
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
        /// What follows a question mark behind the path.
        var options: Substring
    }

    private static func parts(of text: Substring) -> Parts {
        let (authority, rest) = halves(of: text, at: text.firstIndex(of: "/"))
        let (path, options) = halves(of: rest, at: rest.firstIndex(of: "?"))
        guard let at = authority.lastIndex(of: "@") else {
            return Parts(hosts: authority, path: path, options: options)
        }
        return Parts(
            login: authority[..<at], hosts: authority[authority.index(after: at)...], path: path, options: options)
    }

    private static func halves(of text: Substring, at mark: Substring.Index?) -> (Substring, Substring) {
        mark.map { (text[..<$0], text[text.index(after: $0)...]) } ?? (text, "")
    }

    private static func addresses(_ hosts: Substring, defaultPort: Int) throws(RedisError) -> [RedisAddress] {
        let hosts = hosts.split(separator: ",", omittingEmptySubsequences: false)
        return try hosts.map { (host) throws(RedisError) in try RedisAddress(host, defaultPort: defaultPort) }
    }

    private static func plain(_ parts: Parts) throws(RedisError) -> RedisEndpoint {
        guard parts.options.isEmpty else { throw .invalidEndpoint(reason: "redis:// takes no options after ?") }
        let nodes = try addresses(parts.hosts, defaultPort: 6_379)
        var endpoint = try RedisEndpoint(nodes[0], parts)
        endpoint.others = Array(nodes.dropFirst())
        endpoint.database = try database(parts.path)
        return endpoint
    }

    private static func watched(_ parts: Parts) throws(RedisError) -> RedisEndpoint {
        let sentinels = try addresses(parts.hosts, defaultPort: 26_379)
        let path = parts.path.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = path.first, !name.isEmpty else {
            throw .invalidEndpoint(reason: "the primary's name is missing; write redis+sentinel://host:26379/name")
        }
        var endpoint = try RedisEndpoint(sentinels[0], parts)
        let login = try sentinelLogin(parts.options)
        endpoint.sentinels = RedisSentinels(
            sentinels, primary: String(name), username: login.username, password: login.password)
        endpoint.database = try database(path.count > 1 ? path[1] : "")
        return endpoint
    }

    /// Under the names that redis-rb and others use.
    private static func sentinelLogin(
        _ options: Substring
    ) throws(RedisError) -> (username: String?, password: String?) {
        var login: [Substring: String] = [:]
        for option in options.split(separator: "&") {
            let (name, value) = halves(of: option, at: option.firstIndex(of: "="))
            guard ["sentinel_username", "sentinel_password"].contains(name) else {
                throw .invalidEndpoint(reason: "after ? there may be sentinel_username and sentinel_password only")
            }
            guard let text = String(value).removingPercentEncoding, !text.isEmpty else {
                throw .invalidEndpoint(reason: "\(name) is empty or not percent-encoded properly")
            }
            login[name] = text
        }
        guard login.isEmpty || login["sentinel_password"] != nil else {
            throw .invalidEndpoint(reason: "sentinel_username without sentinel_password")
        }
        return (login["sentinel_username"], login["sentinel_password"])
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
