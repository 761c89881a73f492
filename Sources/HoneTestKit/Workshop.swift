import BusTestKit
public import HoneBus
public import HoneCore
public import HoneService
public import HoneStore

/// Everything that services need, private to one test: a bus, a migrated database, model servers, a cast of agents.
///
/// Services run inside the test's process with their real handlers; the test meets them as the outside does, through
/// streams, the record and the model servers.
public struct Workshop: Sendable {
    public let bus: any WorkshopBus
    public let database: TestDatabase
    public let models: ModelServers
    public private(set) var settings: Settings
    private let environment: [String: String]

    public var store: Store { database.store }
    public var namespace: String { bus.namespace }

    /// A few at a time: each brings database connections and servers along.
    private static let turnstile = Turnstile(4)

    /// Runs `body` in a workshop with these settings on top of its own, and cleans up whatever happens.
    ///
    /// A namespace that is given must be used once per process: keys of the shared server stay. What takes by far the
    /// longest goes `first`, so that the others do not wait for it in the end.
    public static func open(
        on kind: WorkshopBusKind = .memory, namespace: String? = nil, settings: [String: String] = [:],
        first: Bool = false, _ body: @Sendable (Workshop) async throws -> Void
    ) async throws {
        try await turnstile.pass(first: first) {
            let workshop = try await Workshop(kind, namespace, settings)
            do {
                try await body(workshop)
            } catch {
                await workshop.close()
                throw error
            }
            await workshop.close()
        }
    }

    private init(_ kind: WorkshopBusKind, _ namespace: String?, _ settings: [String: String]) async throws {
        bus = try await kind.make(namespace: namespace)
        database = try await TestDatabase.create()
        models = try await ModelServers.start()
        let own = [
            "DATABASE_URL": database.url, "REDIS_URL": bus.url, "HONE_NAMESPACE": bus.namespace,
            "HONE_ROUTING_POLICY": "greedy", "HONE_ROUTING_SEED": "7", "HONE_JUDGE_MODEL": "judge",
            "HONE_JUDGE_SAMPLE_RATE": "0",
        ]
        environment = own.merging(settings) { $1 }
        self.settings = try Settings(try await SettingsSource(environment: environment))
        try await database.store.furnish(models)
    }

    /// The same workshop with other settings for the services that it runs from now on.
    public func with(_ settings: [String: String]) async throws -> Workshop {
        var workshop = self
        workshop.settings = try Settings(try await SettingsSource(environment: environment.merging(settings) { $1 }))
        return workshop
    }

    private func close() async {
        await models.stop()
        await bus.close()
        await database.close()
    }

    /// The key of a topic's stream, on a bus without partitions.
    public func key(_ topic: Topic, _ lane: Lane? = nil) -> String {
        StreamName(topic: topic.name, lane: lane).key(in: namespace)
    }

    /// A key under which anybody may ask for a reply.
    public func replyKey(_ name: String) -> String { "\(namespace):replies.\(name)" }
}
