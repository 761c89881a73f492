/// What a stack is made of.
public struct StackOptions: Sendable {
    /// Processes per service.
    public var instances: [String: Int]
    /// Settings of the services besides where the servers are.
    public var settings: [String: String]
    /// How long a killed service stays away.
    public var restartAfter: Duration
    /// The folder of the SQL files.
    public var migrations: String
    /// More settings of Postgres, as words of its command line.
    public var postgres: [String]

    public init(
        instances: [String: Int], settings: [String: String] = [:], restartAfter: Duration = .seconds(1),
        migrations: String, postgres: [String] = []
    ) {
        self.instances = instances
        self.settings = settings
        self.restartAfter = restartAfter
        self.migrations = migrations
        self.postgres = postgres
    }

    /// In the order in which a task meets them.
    public static let services = ["router", "executor", "evaluator", "peer-reviewer", "stats-aggregator"]

    /// Every process, by service and number.
    public var ids: [ServiceID] {
        Self.services.flatMap { name in (0..<(instances[name] ?? 1)).map { ServiceID(name, $0 + 1) } }
    }
}
