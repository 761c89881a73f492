import Foundation
import HoneBus
import HoneCore
import HoneEvolution
import HoneMessages
import HoneService
import HoneStore

/// Puts findings on record and asks for what they call for, within one transaction.
struct FindingDesk {
    private let store: Store
    private let publisher: any Publisher
    private let settings: ObservationSettings
    private let now: Date
    /// The first suite of each category, by id.
    private let suites: [HoneCore.Category: String]
    private let specializations: [AgentID: [HoneCore.Category]]

    init(store: Store, publisher: any Publisher, settings: ObservationSettings, now: Date) async throws {
        self.store = store
        self.publisher = publisher
        self.settings = settings
        self.now = now
        suites = Dictionary(try await store.benchmarks.all().map { ($0.category, $0.id) }) { first, _ in first }
        specializations = Dictionary(
            uniqueKeysWithValues: try await store.agents.all().map { ($0.id, $0.agent.specialization) })
    }

    /// Nil when the agent is being optimized after all. Without a benchmark the finding is kept, and nothing is asked for.
    func file(_ finding: ObservationFinding, of agent: ObservedAgent) async throws -> ObservationRecord? {
        let id = UUID.hone.derived("observation \(agent.id) \(now.timeIntervalSince1970)")
        let summary = try JSONValue(wire: ObservationSummary(finding))
        let suite = benchmark(for: agent, finding)
        let optimization = suite.map { _ in OptimizationID(id.derived("optimization")) }
        if let suite, let optimization {
            let order = order(optimization, of: agent.id, on: suite, summary)
            guard try await order.place(in: store, publisher: publisher) else { return nil }
        }
        let record = ObservationRecord(
            id: id, agentID: agent.id, role: agent.role, summary: summary, benchmarkID: suite,
            optimizationID: optimization, observedAt: now)
        try await store.observations.record(record)
        return record
    }

    /// Workers are optimized where they fail; a reviewer's own specialization says what its reviewing is measured by.
    private func benchmark(for agent: ObservedAgent, _ finding: ObservationFinding) -> String? {
        let categories = agent.role == .worker ? finding.categories : specializations[agent.id] ?? []
        return categories.lazy.compactMap { suites[$0] }.first
    }

    private func order(
        _ id: OptimizationID, of agent: AgentID, on suite: String, _ summary: JSONValue
    ) -> StandingOrder {
        StandingOrder(
            id: id, agentID: agent, benchmarkID: suite, algorithm: .gepa, auto: .light,
            params: .object(["summary": summary]),
            budget: OptimizationRequested.Budget(maxCostUSD: settings.maxCost.dollars), requestedBy: "observation")
    }
}
