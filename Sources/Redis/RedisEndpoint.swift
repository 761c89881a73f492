/// Where a Redis server is and how to get in. Its description hides the password.
public struct RedisEndpoint: Sendable, Hashable {
    public var host: String
    public var port: Int
    /// The ACL user, nil for the default user.
    public var username: String?
    public var password: String?
    public var database: Int
    /// Who says where the server is, asked at every connect; `host` and `port` are the first of them then.
    public var sentinels: RedisSentinels?

    public init(
        host: String, port: Int = 6379, username: String? = nil, password: String? = nil, database: Int = 0
    ) {
        self.host = host
        self.port = port
        self.username = username
        self.password = password
        self.database = database
    }

    /// How errors name the server: `host:port`, or the primary's name and the sentinels.
    public var address: String { sentinels?.description ?? "\(RedisAddress(host: host, port: port))" }

    /// Another server that takes the same login.
    func at(_ address: RedisAddress) -> RedisEndpoint {
        RedisEndpoint(
            host: address.host, port: address.port, username: username, password: password, database: database)
    }
}

/// The sentinels that watch a primary.
///
/// Source: "Guidelines for Redis clients with support for Redis Sentinel".
public struct RedisSentinels: Sendable, Hashable, CustomStringConvertible {
    public var addresses: [RedisAddress]
    /// What the sentinels call the primary.
    public var primary: String

    public init(_ addresses: [RedisAddress], primary: String) {
        self.addresses = addresses
        self.primary = primary
    }

    public var description: String { "\(primary) of sentinels \(addresses.commaSeparated)" }
}

extension RedisEndpoint: CustomStringConvertible, CustomReflectable {
    /// The URL with `***` for the password.
    public var description: String {
        let login = password == nil ? "" : "\(username ?? ""):***@"
        guard let sentinels else { return "redis://\(login)\(address)/\(database)" }
        return "redis+sentinel://\(login)\(sentinels.addresses.commaSeparated)/\(sentinels.primary)/\(database)"
    }

    public var customMirror: Mirror { Mirror(self, children: ["url": description]) }
}

extension [RedisAddress] {
    fileprivate var commaSeparated: String { map(\.description).joined(separator: ",") }
}
