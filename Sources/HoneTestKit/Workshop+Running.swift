import Foundation
import HoneBus
import HoneCore
public import HoneService
import Logging
import ServiceLifecycle

extension Workshop {
    /// Runs these services while `body` runs, each with a consumer of its own, and drains them afterwards.
    public func running(
        _ services: [any ServiceDefinition.Type], _ body: @Sendable () async throws -> Void
    ) async throws {
        var parts: [any Service] = []
        for service in services { parts += try await self.parts(of: service) }
        let group = ServiceGroup(configuration: .init(services: parts.map { .init(service: $0) }, logger: Self.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            do {
                try await body()
            } catch {
                await group.triggerGracefulShutdown()
                // What a service failed of says more.
                try await tasks.waitForAll()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    private func parts<Definition: ServiceDefinition>(of: Definition.Type) async throws -> [any Service] {
        let logger = Self.logger
        let store = Definition.isSealed ? database.sealed : store
        let progress = ProgressWriter(publisher: bus.transport, logger: logger)
        let consumer = Consumer(
            of: bus.transport, group: Definition.name, options: options(of: Definition.name), logger: logger)
        var assembly = ServiceAssembly(
            settings: settings, logger: logger, transport: bus.transport, store: store, progress: progress,
            consumer: consumer)
        try await Definition.assemble(&assembly)
        return [progress] + assembly.background + [Shift(consumer: consumer)]
    }

    /// Impatient, so that what is delayed comes soon.
    private func options(of service: String) -> ConsumerOptions {
        var options = ConsumerOptions()
        options.service = service
        options.consumer = "\(service)-\(UUID())"
        options.maxMessageBytes = settings.maxMessageBytes
        options.maxDeliveries = settings.maxDeliveries
        options.fetchWait = .milliseconds(50)
        options.moveDueEvery = .milliseconds(20)
        // Tests look at what was consumed.
        options.trimEvery = .seconds(600)
        options.gracePeriod = .seconds(5)
        options.cancelPeriod = .milliseconds(500)
        return options
    }

    static let logger = Logger(label: "workshop") { _ in SwiftLogNoOpLogHandler() }
}

/// A consumer as part of a service group.
private struct Shift: Service {
    let consumer: Consumer

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await consumer.run()
        } onGracefulShutdown: {
            consumer.drain()
        }
    }
}
