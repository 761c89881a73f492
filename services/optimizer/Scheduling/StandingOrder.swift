import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore

/// An optimization that nobody asks for at this moment: a schedule's, or one that observation calls for.
struct StandingOrder {
    var id: OptimizationID
    var agentID: AgentID
    var benchmarkID: String
    var algorithm: OptimizationRequested.Algorithm
    var auto: OptimizationRequested.Effort
    var params: JSONValue
    var budget: OptimizationRequested.Budget?
    var requestedBy: String

    /// Puts it on record and asks for it; false when the agent is being optimized. Run it in a transaction: what was asked
    /// for and is not on record after all is the same when it is asked for again.
    func place(in store: Store, publisher: any Publisher) async throws -> Bool {
        guard try await store.locks.tryAcquire("optimize/\(agentID)"),
            try await !store.optimizations.isUnderWay(for: agentID)
        else { return false }
        try await store.optimizations.queue(
            NewOptimization(
                id: id, agentID: agentID, benchmarkID: benchmarkID, algorithm: algorithm.rawValue, auto: auto.rawValue,
                params: params, budget: try budget.map(JSONValue.init(wire:)) ?? .object([:]), seed: seed,
                requestedBy: requestedBy))
        try await publisher.publish([Publication(message, id: id.uuid)])
        return true
    }

    private var message: OptimizationRequested {
        OptimizationRequested(
            optimizationID: id, agentID: agentID, algorithm: algorithm, auto: auto, params: params,
            benchmark: benchmarkID, budget: budget, seed: seed)
    }

    /// From the id, so that the same order is the same search.
    private var seed: Int64 {
        withUnsafeBytes(of: id.uuid.derived("seed").uuid) { Int64($0.loadUnaligned(as: UInt64.self).littleEndian >> 1) }
    }
}
