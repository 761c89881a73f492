import Foundation
public import HoneCore
import Postgres

/// How far an evaluation is.
public struct EvaluationProgress: Sendable, Decodable, Hashable {
    public var cases: Int
    /// Cases that are over.
    public var done: Int
    public var passed: Int
}

extension Evaluations {
    /// How far an evaluation's tasks are; see ``results(of:)``.
    public func progress(of experiment: ExperimentID) async throws -> EvaluationProgress {
        try await executor.first(
            """
            select count(*) as cases,
                count(*) filter (
                    where task.finished_at is not null
                        and (task.status <> 'completed' or score.task_id is not null and not score.awaits_judgement)
                ) as done,
                count(*) filter (where score.passed) as passed
            from experiment_results as result
            join agent_tasks as task on task.id = result.task_id
            left join agent_performance_scores as score on score.task_id = task.id
            where result.experiment_id = \(experiment)::uuid
            """, as: EvaluationProgress.self) ?? EvaluationProgress(cases: 0, done: 0, passed: 0)
    }

    /// How each case of an evaluation stands, by its id. A task is over when it has failed, or its score is final.
    public func results(of experiment: ExperimentID) async throws -> [CaseResult] {
        struct Row: Decodable {
            var caseID: String
            var taskID: TaskID
            var status: TaskStatus
            var passed: Bool?
            var score: Double?
            var errorCode: ErrorCode?
            var cost: MicroUSD?
            var durationSeconds: Double?
            var isOver: Bool
        }
        return try await executor.query(
            """
            select result.case_id as "caseID", task.id as "taskID", task.status, score.passed,
                score.overall_score as score, task.error_code,
                coalesce(score.cost_micro_usd, execution.cost_micro_usd) as cost,
                coalesce(score.duration_seconds, execution.duration_seconds) as duration_seconds,
                task.finished_at is not null
                    and (task.status <> 'completed' or score.task_id is not null and not score.awaits_judgement)
                    as "isOver"
            from experiment_results as result
            join agent_tasks as task on task.id = result.task_id
            left join agent_performance_scores as score on score.task_id = task.id
            left join executions as execution on execution.task_id = task.id and execution.attempt = task.attempt
            where result.experiment_id = \(experiment)::uuid order by result.case_id
            """, as: Row.self
        ).map { row in
            CaseResult(
                caseID: row.caseID, taskID: row.taskID, status: row.status, passed: row.passed, score: row.score,
                errorCode: row.errorCode, costUSD: row.cost?.dollars, durationSeconds: row.durationSeconds,
                isOver: row.isOver)
        }
    }

    /// Ends an evaluation that is running; false when it was ended before. Run it in a transaction.
    public func finish(
        _ evaluation: EvaluationRecord, _ verdict: EvaluationVerdict, results: [CaseResult]
    ) async throws -> Bool {
        let ended = try await executor.run(
            """
            update evaluations
            set status = \(verdict.status)::text, pass_rate = \(verdict.passRate)::double precision,
                avg_confidence = \(verdict.meanScore)::double precision, results = \(JSONText(results))::jsonb,
                error_message = \(verdict.reason)::text, completed_at = now(),
                kind = case when wanted_kind = 'optimized' then 'optimized' else kind end
            where id = \(evaluation.id)::uuid and status = 'running'
            """)
        guard ended > 0 else { return false }
        if let experiment = evaluation.experimentID { try await close(experiment, verdict, results) }
        if verdict.status == .completed, evaluation.wantedKind == .baseline { try await markBaseline(evaluation.id) }
        return true
    }

    private func close(
        _ experiment: ExperimentID, _ verdict: EvaluationVerdict, _ results: [CaseResult]
    ) async throws {
        try await executor.run(
            """
            update experiments set status = \(verdict.status)::text, results = \(JSONText(verdict))::jsonb,
                completed_at = now()
            where id = \(experiment)::uuid
            """)
        try await executor.run(
            """
            update experiment_results as result
            set passed = given.passed, score = given.score, cost_micro_usd = given.cost,
                duration_seconds = given.seconds
            from unnest(
                \(results.map(\.taskID))::uuid[], \(results.map(\.passed))::boolean[],
                \(results.map(\.score))::double precision[],
                \(results.map { $0.costUSD.map { Int64(($0 * 1e6).rounded()) } })::bigint[],
                \(results.map(\.durationSeconds))::double precision[]
            ) as given (task_id, passed, score, cost, seconds)
            where result.experiment_id = \(experiment)::uuid and result.task_id = given.task_id
            """)
    }

    /// Makes a completed evaluation the one that others of its agent and benchmark are compared with; the one that was
    /// it becomes a regular one. False when it is not completed. Run it in a transaction.
    @discardableResult
    public func markBaseline(_ id: EvaluationID) async throws -> Bool {
        // One after the other for an agent: two at once would not see each other, and only one can be the baseline.
        try await executor.run(
            """
            select id from agents where id = (select agent_id from evaluations where id = \(id)::uuid)
            for no key update
            """)
        try await executor.run(
            """
            update evaluations as other set kind = 'regular'
            from evaluations as chosen
            where chosen.id = \(id)::uuid and chosen.status = 'completed' and other.id <> chosen.id
                and other.kind = 'baseline' and other.agent_id = chosen.agent_id
                and other.benchmark_id is not distinct from chosen.benchmark_id
            """)
        return try await executor.run(
            """
            update evaluations set kind = 'baseline' where id = \(id)::uuid and status = 'completed'
            """) > 0
    }
}
