/// What an owner of connections may choose. The URL chooses the rest: server, database, user, TLS.
public struct PostgresOptions: Sendable {
    /// How long a connection may take to be made, host names and TLS included. Default 5 s.
    public var connectTimeout: Duration = .seconds(5)
    /// How long one statement may take; nil for no limit. Default 30 s. The server enforces it; a server that does not
    /// answer even five seconds later counts as lost.
    public var statementTimeout: Duration? = .seconds(30)
    /// What `pg_stat_activity` calls us.
    public var applicationName = "swift-postgres"
    /// Settings of the server for each session, by name: `["enable_seqscan": "off"]`. Values without spaces.
    public var sessionSettings: [String: String] = [:]

    public init() {}
}

/// What an operator may choose about a pool.
public struct PoolOptions: Sendable {
    /// The most connections open at once. Default 8.
    public var maxConnections = 8
    /// How long a caller waits for a free connection, or for the server to come back. Default 10 s.
    public var waitTimeout: Duration = .seconds(10)
    /// How each connection is made.
    public var connection = PostgresOptions()

    public init() {}

    public init(
        maxConnections: Int = 8, waitTimeout: Duration = .seconds(10), statementTimeout: Duration? = .seconds(30),
        applicationName: String = "swift-postgres"
    ) {
        self.maxConnections = maxConnections
        self.waitTimeout = waitTimeout
        connection.statementTimeout = statementTimeout
        connection.applicationName = applicationName
    }
}
