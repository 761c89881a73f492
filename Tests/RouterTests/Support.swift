import Foundation
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneStore
import HoneTestKit
import Synchronization

extension Workshop {
    /// Puts statistics on record as if the agent had done that much.
    func remember(_ agent: AgentID, tasks: Int, overall: Double) async throws {
        let key = StatisticsKey(
            agent: agent, category: .analysis, model: agent == .bob ? .beta : .alpha, day: Day(Date()))
        let done = TaskObservation(
            key: key, ending: .completed(overall: overall, passed: overall >= 0.5), cost: MicroUSD(500),
            durationMilliseconds: 250)
        let table = StatisticsTable(Array(repeating: done, count: tasks))
        try await store.transaction { try await $0.statistics.merge(table) }
    }
}

/// Values gathered from closures that may run anywhere.
final class Collected<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    var all: [Value] { values.withLock { $0 } }
    func add(_ value: Value) { values.withLock { $0.append(value) } }
}
