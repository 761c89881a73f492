import HoneBus
import HoneIntelligence
import HoneService
import HoneStore
import Logging

/// What the routes stand on.
struct Backend: Sendable {
    let settings: Settings
    let store: Store
    let transport: any BusTransport
    /// Agents, models, prompts and templates, a second old at most.
    let directory: Directory
    let authenticator: Authenticator
    /// What operators' tools ask.
    let ops: OpsPages
    let metrics: RequestMetrics
    /// What moves, for those who watch.
    let hub: ProgressHub
    let logger: Logger
    let tasks: TaskDesk
    let watch: TaskWatch

    init(_ assembly: inout ServiceAssembly) async throws {
        settings = assembly.settings
        store = assembly.store
        transport = assembly.transport
        directory = try await assembly.directory()
        logger = assembly.logger
        let callers = CallerCache()
        authenticator = try Authenticator(
            settings.gateway.authentication, keys: store.keys, cache: callers, logger: logger)
        ops = assembly.ops(givingReasons: false)
        metrics = RequestMetrics(assembly.metrics)
        let admission = AdmissionWatch(transport: transport, limit: settings.maxBacklog, logger: logger)
        let rules = SubmissionRules(
            replies: ReplyKeys(namespace: settings.namespace, allowed: settings.replyKeys), directory: directory,
            store: store, maxMessageBytes: settings.maxMessageBytes)
        let view = try await PerformanceView(
            store: store, directory: directory, efforts: assembly.efforts(), logger: logger)
        let classifier = try await Classifier(store: store, directory: directory, logger: logger)
        tasks = TaskDesk(
            store: store, transport: transport, rules: rules, admission: admission,
            routing: RoutingDesk(
                plan: RoutingPlan(policy: settings.routingPolicy.policy), view: view, classifier: classifier,
                seed: settings.routingSeed ?? .random(in: .min ... .max)),
            logger: logger)
        hub = try await ProgressHub(
            store: store, transport: transport, settings: settings.sockets, callers: callers, logger: logger)
        watch = TaskWatch(hub: hub, store: store, logger: logger)
        assembly.run(admission)
        assembly.run(view)
        assembly.run(classifier)
        assembly.run(hub)
        assembly.run(watch)
    }
}
