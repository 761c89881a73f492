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
    /// The record as the settings say; connects when it is first used. A service that the holdout is sealed against sees
    /// no more than its role may, whatever its login could.
    public init(settings: Settings, service: String, isSealed: Bool = false) throws {
        var options = PoolOptions()
        options.connection.applicationName = "hone-\(service)"
        options.connection.sessionSettings = Self.plansByKey
        let url = isSealed ? settings.optimizerDatabaseURL ?? settings.databaseURL : settings.databaseURL
        if isSealed { options.connection.sessionSettings["role"] = HoldoutSeal.role }
        try self.init(url: url.exposed, options: options)
    }

    /// Services look rows up by key, and prepare their statements while the tables are small: then reading a whole table
    /// seems cheaper to the planner, and the plan stays while the table grows. What can only be read whole still is. With
    /// every table read by its keys the number of keys changes no plan: to plan each call anew takes longer than the call.
    private static var plansByKey: [String: String] {
        // Such plans look dear, and would be compiled for it.
        [
            "enable_seqscan": "off", "enable_mergejoin": "off", "jit": "off",
            "plan_cache_mode": "force_generic_plan",
        ]
    }
}
