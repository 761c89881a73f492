import Foundation
import HoneBus
import HoneCore
import HoneEvolution
import HoneService
import HoneStore
import Logging
import ServiceLifecycle

/// Looks at the last runs of all agents again and again, critics among them, and asks for an optimization of those that
/// need a better prompt, with a summary of how they fail. Of several optimizers one looks at a time.
struct ObserveAgents: Service {
    let store: Store
    let publisher: any Publisher
    let interval: Duration
    let settings: ObservationSettings
    let logger: Logger

    func run() async throws {
        await repeatUntilShutdown(every: interval, "observing agents", logger: logger) {
            _ = try await pass(at: Date())
        }
    }

    /// Returns what was found. Agents that were observed, or whose optimization is under way or ended, within the cool-down
    /// are left alone, and so is everybody while another optimizer looks.
    func pass(at now: Date) async throws -> [ObservationRecord] {
        let filed = try await store.transaction { store -> [FindingDesk.Filed] in
            guard try await store.locks.tryAcquire("observation") else { return [] }
            let desk = try await FindingDesk(store: store, settings: settings, now: now)
            var found: [FindingDesk.Filed] = []
            var attended = try await store.observations.attended(
                since: now.addingTimeInterval(-settings.coolDown.inSeconds))
            for agent in try await subjects(in: store) where !attended.contains(agent.id) {
                guard let finding = settings.rules.finding(in: agent.runs) else { continue }
                guard let filed = try await desk.file(finding, of: agent) else { continue }
                attended.insert(agent.id)
                found.append(filed)
            }
            return found
        }
        let found = filed.map(\.record)
        for record in found { logger.notice("an agent needs a better prompt", metadata: record.metadata) }
        await publisher.tell(of: filed.compactMap(\.request), logger: logger)
        return found
    }

    private func subjects(in store: Store) async throws -> [ObservedAgent] {
        try await ObservedAgent.workers(store.observations.runs(last: settings.runs))
            + ObservedAgent.reviewers(store.observations.reviews(last: settings.runs))
    }
}

extension ObservationSettings {
    fileprivate var rules: ObservationRules {
        ObservationRules(leastRuns: leastRuns, successBelow: successBelow, costAbove: costAbove)
    }
}

extension ObservationRecord {
    fileprivate var metadata: Logger.Metadata {
        [
            "agent": "\(agentID)", "role": "\(role)", "benchmark": "\(benchmarkID ?? "none in its category")",
            "optimization": "\(optimizationID?.description ?? refusal ?? "none")",
        ]
    }
}

extension Duration {
    fileprivate var inSeconds: TimeInterval { self / .seconds(1) }
}
