/// Where a Redis server is and how to get in. Its description hides the password.
public struct RedisEndpoint: Sendable, Hashable {
    public var host: String
    public var port: Int
    /// The ACL user, nil for the default user.
    public var username: String?
    public var password: String?
    public var database: Int
    /// Further nodes of the same cluster: whichever answers first is asked about the others.
    public var others: [RedisAddress] = []
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

    /// How errors name the server: `host:port`, all nodes that were given, or the primary's name and the sentinels.
    public var address: String { sentinels?.description ?? nodes.commaSeparated }

    /// The server, or the nodes of the cluster that are known from the start.
    var nodes: [RedisAddress] { [RedisAddress(host: host, port: port)] + others }

    /// Another server that takes the same login.
    func at(_ address: RedisAddress) -> RedisEndpoint {
        RedisEndpoint(
            host: address.host, port: address.port, username: username, password: password, database: database)
    }
}

/// The sentinels that watch a primary, and how to get in to them. Its description hides the password.
///
/// Source: "Guidelines for Redis clients with support for Redis Sentinel".
public struct RedisSentinels: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    public var addresses: [RedisAddress]
    /// What the sentinels call the primary.
    public var primary: String
    /// The ACL user of the sentinels themselves, nil for the default user.
    public var username: String?
    /// Of the sentinels themselves; nil when they ask for none.
    public var password: String?

    public init(
        _ addresses: [RedisAddress], primary: String, username: String? = nil, password: String? = nil
    ) {
        self.addresses = addresses
        self.primary = primary
        self.username = username
        self.password = password
    }

    public var description: String { "\(primary) of sentinels \(addresses.commaSeparated)" }

    public var customMirror: Mirror { Mirror(self, children: ["sentinels": description]) }

    /// How to reach one of them.
    func endpoint(_ address: RedisAddress) -> RedisEndpoint {
        RedisEndpoint(host: address.host, port: address.port, username: username, password: password)
    }
}

extension RedisEndpoint: CustomStringConvertible, CustomReflectable {
    /// The URL with `***` for each password.
    public var description: String {
        let login = password == nil ? "" : "\(username ?? ""):***@"
        guard let sentinels else { return "redis://\(login)\(address)/\(database)" }
        let user = sentinels.username.map { "sentinel_username=\($0)&" } ?? ""
        let theirs = sentinels.password == nil ? "" : "?\(user)sentinel_password=***"
        return
            "redis+sentinel://\(login)\(sentinels.addresses.commaSeparated)/\(sentinels.primary)/\(database)\(theirs)"
    }

    public var customMirror: Mirror { Mirror(self, children: ["url": description]) }
}

extension [RedisAddress] {
    fileprivate var commaSeparated: String { map(\.description).joined(separator: ",") }
}
