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
        let queue = try CeleryQueue(
            url: celery.brokerURL.exposed, name: celery.queue, namespace: settings.namespace)
        let results = try CeleryResults(url: celery.resultURL.exposed, expiry: celery.resultTTL)
        try await refuseClusters(queue, results)
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

    /// One that is away is no reason not to start: its health tells.
    private func refuseClusters(_ queue: CeleryQueue, _ results: CeleryResults) async throws {
        try await refuseCluster("HONE_CELERY_BROKER_URL", queue.check)
        try await refuseCluster("HONE_CELERY_RESULT_URL", results.check)
    }

    private func refuseCluster(_ setting: String, _ check: () async throws -> Void) async throws {
        do {
            try await check()
        } catch BusError.unsupported(let reason) {
            throw SettingsFault(lines: ["\(setting): expected one server, or sentinels: \(reason)"])
        } catch {
            let facts: Logger.Metadata = ["setting": "\(setting)", "error": "\(error)"]
            logger.warning("the Redis of Celery does not answer", metadata: facts)
        }
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
