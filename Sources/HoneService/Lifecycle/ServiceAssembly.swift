public import HoneBus
public import HoneStore
public import Logging
public import ServiceLifecycle

/// What a service is put together from: the shared parts, and the places for its own.
public struct ServiceAssembly: Sendable {
    public let settings: Settings
    public let logger: Logger
    public let transport: any BusTransport
    public let store: Store
    /// Tells people who watch; never a source of truth.
    public let progress: ProgressWriter

    package let consumer: Consumer
    /// What the process measures.
    package let metrics: PrometheusRegistry
    package private(set) var background: [any Service] = []
    private(set) var readiness: [HealthCheck] = []

    package init(
        settings: Settings, logger: Logger, transport: any BusTransport, store: Store, progress: ProgressWriter,
        consumer: Consumer, metrics: PrometheusRegistry = PrometheusRegistry()
    ) {
        self.settings = settings
        self.logger = logger
        self.transport = transport
        self.store = store
        self.progress = progress
        self.consumer = consumer
        self.metrics = metrics
    }

    /// Handles one message at a time, `HONE_CONCURRENCY` of them side by side.
    public func handle(_ handler: some MessageHandler) throws { try consumer.handle(handler) }

    /// Handles batches; new messages are taken only while `gate` is open.
    public func handle(_ handler: some BatchHandler, through gate: IntakeGate = IntakeGate()) throws {
        try consumer.handle(handler, through: gate)
    }

    /// Runs beside the handlers; starts before them and ends after them.
    public mutating func run(_ service: any Service) { background.append(service) }

    /// Who and what there is, kept fresh beside the handlers.
    public mutating func directory() async throws -> Directory {
        let directory = try await Directory(store: store, transport: transport, settings: settings, logger: logger)
        run(directory)
        return directory
    }

    /// What tasks usually cost and take, kept fresh beside the handlers.
    public mutating func efforts() async throws -> EffortBook {
        let efforts = try await EffortBook(store: store, logger: logger)
        run(efforts)
        return efforts
    }

    /// What runs take from outside, kept or given back as `HONE_REPLAY` says.
    public mutating func circumstances(_ kinds: Circumstances.Kind...) async throws -> Circumstances {
        guard settings.replay != .off else { return .none }
        let circumstances = try await Circumstances(kinds, settings.replay, store: store, logger: logger)
        if settings.replay == .record { run(circumstances) }
        return circumstances
    }

    /// Another reason not to be ready.
    public mutating func require(_ check: HealthCheck) { readiness.append(check) }

    /// What operators' tools may ask. What is required after this is asked for is not in it.
    package func ops(givingReasons: Bool) -> OpsPages {
        OpsPages(
            health: Health(consumer: consumer, store: store, settings, readiness), metrics: metrics,
            givesReasons: givingReasons)
    }
}
