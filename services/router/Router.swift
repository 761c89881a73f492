import HoneCore
import HoneIntelligence
import HoneService

/// Gives each task to the agent that past performance says is best, and to the next best when that one fails.
@main
enum Router: ServiceDefinition {
    static let name = "router"
    static let summary = "Gives each task to the agent that past performance says is best."

    static func assemble(_ assembly: inout ServiceAssembly) async throws {
        let directory = try await assembly.directory()
        let efforts = try await assembly.efforts()
        let view = try await PerformanceView(
            store: assembly.store, directory: directory, efforts: efforts, logger: assembly.logger)
        let classifier = try await Classifier(store: assembly.store, directory: directory, logger: assembly.logger)
        let desk = RoutingDesk(
            plan: RoutingPlan(policy: assembly.settings.routingPolicy.policy), view: view, classifier: classifier,
            seed: assembly.settings.routingSeed ?? UInt64.random(in: .min ... .max),
            circumstances: try await assembly.circumstances(.route))
        let replies = ReplyKeys(namespace: assembly.settings.namespace, allowed: assembly.settings.replyKeys)
        assembly.run(view)
        assembly.run(classifier)
        assembly.run(JoinWatch(store: assembly.store, logger: assembly.logger))
        assembly.run(
            Reconcile(
                store: assembly.store, transport: assembly.transport, desk: desk, settings: assembly.settings,
                logger: assembly.logger))
        let pressure = Pressure(transport: assembly.transport, logger: assembly.logger)
        assembly.run(pressure)
        assembly.require(HealthCheck("memory") { pressure.complaint.map(HealthState.unhealthy) ?? .healthy })
        try assembly.handle(
            RouteTasks(store: assembly.store, desk: desk, replies: replies, progress: assembly.progress),
            through: pressure.gate)
        try assembly.handle(FailOver(store: assembly.store, desk: desk, progress: assembly.progress))
        if let celery = assembly.settings.celery { try await assembly.letIn(celery, through: pressure.gate) }
    }
}
