public import HoneCore
import Postgres

/// What a prompt answered in a trial, and what was said of it.
public struct TrialEvidence: Sendable, Decodable {
    public var caseID: String
    public var output: JSONValue?
    public var score: Double?
    /// What the check or the judge said; what broke it where nothing was answered.
    public var feedback: String?
}

extension Trials {
    /// What a prompt did on these cases in an experiment, by case. Of sealed cases nothing comes back.
    public func evidence(of experiment: ExperimentID, _ prompt: PromptID, on cases: [String]) async throws
        -> [TrialEvidence]
    {
        try await executor.query(
            """
            select result.case_id as "caseID", task.output, result.score,
                coalesce(score.feedback, task.error_message) as feedback
            from experiment_results as result
            join agent_tasks as task on task.id = result.task_id
            left join agent_performance_scores as score on score.task_id = task.id
            where result.experiment_id = \(experiment)::uuid and result.prompt_id = \(prompt)::uuid
                and result.case_id = any(\(cases)::text[]) and result.repetition = 0
            order by result.case_id
            """, as: TrialEvidence.self)
    }
}
