public import HoneCore
import Postgres

/// What became of one case of an experiment, with one prompt.
public struct ExperimentRow: Sendable, Decodable, Hashable {
    public var caseID: String
    public var promptID: PromptID
    public var repetition: Int
    public var taskID: TaskID?
    /// Nil where nothing could be learned.
    public var passed: Bool?
    public var score: Double?
    public var cost: MicroUSD?
    public var durationSeconds: Double?
}

extension Experiments {
    /// Everything that an experiment has on its cases, in their order.
    public func rows(of id: ExperimentID) async throws -> [ExperimentRow] {
        try await executor.query(
            """
            select case_id as "caseID", prompt_id as "promptID", repetition, task_id as "taskID", passed, score,
                cost_micro_usd as cost, duration_seconds
            from experiment_results where experiment_id = \(id)::uuid
            order by case_id, prompt_id, repetition
            """, as: ExperimentRow.self)
    }
}
