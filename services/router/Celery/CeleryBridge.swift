import HoneBus
import HoneCore
import HoneMessages
import HoneRedis
import HoneService
import Logging
import ServiceLifecycle

extension ServiceAssembly {
    /// Takes the tasks of Celery clients from their queue and brings them the results.
    ///
    /// Queue → `celery.received` → `tasks.submitted` → … → `replies.celery` → result backend. The two streams between
    /// are work streams like any other: retried, taken over, trimmed, with dead letters that can be replayed. Any router
    /// with the bridge on may write any result, so all must name the same result backend.
    ///
    /// Throws `SettingsFault` when Celery and Hone cannot meet there.
    mutating func letIn(_ celery: CelerySettings, through gate: IntakeGate) async throws {
        let queue = try await opened("HONE_CELERY_BROKER_URL", check: { try await $0.check() }) {
            try CeleryQueue(url: celery.brokerURL.exposed, name: celery.queue, namespace: settings.namespace)
        }
        let results = try await opened("HONE_CELERY_RESULT_URL", check: { try await $0.check() }) {
            try CeleryResults(url: celery.resultURL.exposed, expiry: celery.resultTTL)
        }
        let source = "/hone/celery/\(celery.queue)"
        let intake = CeleryIntake(
            queue, to: transport, through: gate, source: source, settings: settings, logger: logger)
        run(CeleryConnections(queue: queue, results: results))
        run(intake)
        require(intake.healthCheck)
        let replyKey = StreamName(topic: Topic.celeryReplies.name).key(in: settings.namespace)
        try handle(SubmitCeleryTasks(replyKey: replyKey, source: source), through: gate)
        try handle(WriteCeleryResults(results: results))
    }

    /// An address that Celery and Hone cannot share is a fault of its setting. A server that is away is no reason not to
    /// start: its health tells.
    private func opened<Server>(
        _ setting: String, check: (Server) async throws -> Void, _ open: () throws -> Server
    ) async throws -> Server {
        let server: Server
        do { server = try open() } catch { throw SettingsFault(sharing: setting, error) }
        do {
            try await check(server)
        } catch let error as BusError where !error.isTransient {
            throw SettingsFault(sharing: setting, error)
        } catch {
            let facts: Logger.Metadata = ["setting": "\(setting)", "error": "\(error)"]
            logger.warning("the Redis of Celery does not answer", metadata: facts)
        }
        return server
    }
}

extension SettingsFault {
    fileprivate init(sharing setting: String, _ error: any Error) {
        self.init(lines: ["\(setting): expected one Redis server, or sentinels: \(error)"])
    }
}

/// Closes the connections after everybody who uses them has ended.
private struct CeleryConnections: Service {
    let queue: CeleryQueue
    let results: CeleryResults

    func run() async throws {
        try? await gracefulShutdown()
        await queue.close()
        await results.close()
    }
}
