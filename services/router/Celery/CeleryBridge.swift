import HoneBus
import HoneCore
import HoneRedis
import HoneService
import ServiceLifecycle

extension ServiceAssembly {
    /// Takes the tasks of Celery clients from their queue and brings them the results.
    ///
    /// Queue → `celery.received` → `tasks.submitted` → … → `replies.celery` → result backend. The two streams between
    /// are work streams like any other: retried, taken over, trimmed, with dead letters that can be replayed. Any router
    /// with the bridge on may write any result, so all must name the same result backend.
    mutating func letIn(_ celery: CelerySettings, through gate: IntakeGate) throws {
        let queue = try CeleryQueue(
            url: celery.brokerURL.exposed, name: celery.queue, namespace: settings.namespace)
        let results = try CeleryResults(url: celery.resultURL.exposed, expiry: celery.resultTTL)
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

extension Topic {
    /// Celery messages as they came, on their way to becoming tasks.
    static let celeryReceived = Topic("celery.received", .work(groups: [Router.name]), isPartitioned: false)
    /// Results of tasks that came from Celery. Its key is one that `reply_to` may name.
    static let celeryReplies = Topic("replies.celery", .work(groups: [Router.name]), isPartitioned: false)
}
