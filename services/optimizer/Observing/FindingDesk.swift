import Foundation
import HoneCore
import HoneEvolution
import HoneMessages
import HoneService
import HoneStore

/// Puts findings on record with the searches they call for, within one transaction.
struct FindingDesk {
    private let store: Store
    private let settings: ObservationSettings
    private let now: Date
    /// The first suite of each category, by id.
    private let suites: [HoneCore.Category: String]
    private let specializations: [AgentID: [HoneCore.Category]]

    init(store: Store, settings: ObservationSettings, now: Date) async throws {
        self.store = store
        self.settings = settings
        self.now = now
        suites = Dictionary(try await store.benchmarks.all().map { ($0.category, $0.id) }) { first, _ in first }
        specializations = Dictionary(
            uniqueKeysWithValues: try await store.agents.all().map { ($0.id, $0.agent.specialization) })
    }

    /// A finding on record, with the search that it called for: there is none without a benchmark, and where it is refused.
    struct Filed: Sendable {
        let record: ObservationRecord
        let request: OptimizationRequested?
    }

    /// Nil when the agent is being optimized after all.
    func file(_ finding: ObservationFinding, of agent: ObservedAgent) async throws -> Filed? {
        let id = UUID.hone.derived("observation \(agent.id) \(now.timeIntervalSince1970)")
        let summary = try JSONValue(encoding: ObservationSummary(finding))
        let suite = benchmark(for: agent, finding)
        var record = ObservationRecord(
            id: id, agentID: agent.id, role: agent.role, summary: summary, benchmarkID: suite, optimizationID: nil,
            observedAt: now)
        var request: OptimizationRequested?
        if let suite {
            let order = order(OptimizationID(id.derived("optimization")), of: agent.id, on: suite, summary)
            switch try await order.place(in: store) {
            case .waits: return nil
            case .placed(let placed): request = placed
            case .refused(let reason): record.refusal = reason
            }
        }
        record.optimizationID = request?.optimizationID
        try await store.observations.record(record)
        return Filed(record: record, request: request)
    }

    /// Workers are optimized where they fail; a reviewer's own specialization says what its reviewing is measured by.
    private func benchmark(for agent: ObservedAgent, _ finding: ObservationFinding) -> String? {
        let categories = agent.role == .worker ? finding.categories : specializations[agent.id] ?? []
        return categories.lazy.compactMap { suites[$0] }.first
    }

    private func order(
        _ id: OptimizationID, of agent: AgentID, on suite: String, _ summary: JSONValue
    ) -> StandingOrder {
        let request = OptimizationRequested(
            agentID: agent, algorithm: .gepa, auto: .light, params: .object(["summary": summary]), benchmark: suite,
            budget: OptimizationRequested.Budget(maxCostUSD: settings.maxCost.dollars))
        return StandingOrder(id: id, request: request, actor: "observation")
    }
}
