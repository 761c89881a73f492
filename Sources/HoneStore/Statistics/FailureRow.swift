import Foundation
import HoneCore
import HoneIntelligence

/// A failed attempt as the statistics see it.
struct FailureRow: Decodable {
    var taskID: TaskID
    var attempt: Int
    var agentID: AgentID
    var category: HoneCore.Category
    var complexity: Int?
    var model: ModelID?
    var errorCode: ErrorCode
    var cost: MicroUSD?
    var durationSeconds: Double
    var totalTokens: Int64
    var experimentID: ExperimentID?
    var endedAt: Date

    /// Nil for trials of experiments, which are not counted.
    var observation: TaskObservation? {
        guard experimentID == nil else { return nil }
        return TaskObservation(
            key: StatisticsKey(
                agent: agentID, category: category, complexity: complexity, model: model, day: Day(endedAt)),
            ending: .failed(errorCode), cost: cost,
            durationMilliseconds: Int64((durationSeconds * 1_000).rounded()), tokens: totalTokens)
    }
}
