import HoneCore
public import HoneRedis
public import HoneStore
import Postgres
import Redis

extension RedisTransport {
    /// The bus as the settings say; connects when it is first used.
    public convenience init(settings: Settings) throws {
        var options = RedisTransportOptions()
        options.namespace = settings.namespace
        options.partitions = settings.partitions
        try self.init(RedisEndpoint(url: settings.redisURL.exposed), options: options)
    }
}

extension Store {
    /// The record as the settings say; connects when it is first used.
    public init(settings: Settings, service: String) throws {
        var options = PoolOptions()
        options.connection.applicationName = "hone-\(service)"
        try self.init(url: settings.databaseURL.exposed, options: options)
    }
}
