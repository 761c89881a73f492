import HoneBus
import HoneCore
import HoneMessages
import HoneRedis
import HoneStore
import Logging
import Metrics
import ServiceLifecycle
import UnixSignals

/// Puts a service together and runs it: what every service's `main` is made of.
struct ServiceRunner<Definition: ServiceDefinition> {
    let settings: Settings
    private let outbox = LogOutbox()
    private let metrics = PrometheusRegistry()

    init(_ settings: Settings) {
        self.settings = settings
    }

    func run() async throws {
        if Definition.isUnhurried { ProcessPriority.giveWay() }
        let logger = startLogging()
        MetricsSystem.bootstrap(metrics)
        let transport = try RedisTransport(settings: settings)
        let store = try Store(settings: settings, service: Definition.name, isSealed: Definition.isSealed)
        let progress = ProgressWriter(publisher: transport, logger: logger)
        let consumer = Consumer(
            of: transport, group: Definition.name, options: .init(settings, service: Definition.name), logger: logger)
        var assembly = ServiceAssembly(
            settings: settings, logger: logger, transport: transport, store: store, progress: progress,
            consumer: consumer, metrics: metrics)
        try await waitUntilThere("waiting for the database", logger: logger) {
            try await Definition.isSealed ? SealRequirement(store: store).check() : store.ping()
        }
        try await Definition.assemble(&assembly)
        logger.info("started", metadata: ["version": "\(HoneVersion.current)"])
        try await serve(assembly)
        await store.close()
        await transport.close()
    }

    /// Started in this order, shut down in the reverse: the consumer stops taking work first.
    private func serve(_ assembly: ServiceAssembly) async throws {
        let logger = assembly.logger
        var services: [any Service] = [
            LogShipper(outbox: outbox, publisher: assembly.transport, logs: assembly.store.logs),
            assembly.progress,
            Lookout(assembly.consumer, on: assembly.transport, limit: Health.longestSilence, logger: logger),
        ]
        if settings.metricsPort != 0 {
            services.append(
                OpsServer(
                    host: settings.metricsHost, port: settings.metricsPort, pages: assembly.ops(givingReasons: true),
                    logger: logger))
        }
        services += assembly.background
        services.append(ConsumerService(consumer: assembly.consumer))
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
                gracefulShutdownSignals: [.sigterm], cancellationSignals: [.sigint], logger: logger))
        try await group.run()
    }

    private func startLogging() -> Logger {
        let (level, format, outbox) = (settings.logLevel, settings.logFormat, outbox)
        LoggingSystem.bootstrap { _ in
            ServiceLogHandler(service: Definition.name, level: level, format: format, outbox: outbox)
        }
        return Logger(label: Definition.name)
    }
}

extension ConsumerOptions {
    init(_ settings: Settings, service: String) {
        self.init()
        self.service = service
        concurrency = settings.concurrency
        claimAfter = settings.claimAfter
        renewEvery = settings.claimAfter / 3
        maxDeliveries = settings.maxDeliveries
        maxMessageBytes = settings.maxMessageBytes
        gracePeriod = settings.gracePeriod
    }
}
