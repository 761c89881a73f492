public import Foundation
public import HoneCore
import Postgres

/// `evaluations`: how agents do on benchmarks.
public struct Evaluations: Sendable {
    let executor: any SQLExecutor

    /// Every evaluation as ``EvaluationRecord`` wants it.
    private static let everyEvaluation: SQL = """
        select id, agent_id as "agentID", prompt_id as "promptID", benchmark_id as "benchmarkID",
            experiment_id as "experimentID", kind, wanted_kind, status, split, cases, pass_rate, avg_confidence, results,
            requested_by, error_message, created_at, completed_at
        from evaluations
        """

    public func load(_ id: EvaluationID) async throws -> EvaluationRecord? {
        try await executor.first(
            """
            select * from (\(fragment: Self.everyEvaluation)) as evaluation where id = \(id)::uuid
            """, as: EvaluationRecord.self)
    }

    /// The one that others of its agent and benchmark are compared with; nil while none is.
    public func baseline(of agent: AgentID, benchmark: String) async throws -> EvaluationRecord? {
        try await executor.first(
            """
            select * from (\(fragment: Self.everyEvaluation)) as evaluation
            where "agentID" = \(agent)::text and "benchmarkID" = \(benchmark)::text and kind = 'baseline'
            """, as: EvaluationRecord.self)
    }

    /// Those under way, the oldest first.
    public func running() async throws -> [EvaluationRecord] {
        try await executor.query(
            """
            select * from (\(fragment: Self.everyEvaluation)) as evaluation
            where status = 'running' order by created_at
            """, as: EvaluationRecord.self)
    }

    /// An agent's evaluations, newest first; `last` is the time and id of the last one of the page before.
    public func list(
        of agent: AgentID, benchmark: String? = nil, status: EvaluationStatus? = nil,
        after last: (time: Date, id: EvaluationID)? = nil, limit: Int
    ) async throws -> [EvaluationRecord] {
        try await executor.query(
            """
            select * from (\(fragment: Self.everyEvaluation)) as evaluation
            where "agentID" = \(agent)::text
                and (\(benchmark)::text is null or "benchmarkID" = \(benchmark)::text)
                and (\(status)::text is null or status = \(status)::text)
                and (\(last?.time)::timestamptz is null
                    or (created_at, id) < (\(last?.time)::timestamptz, \(last?.id)::uuid))
            order by created_at desc, id desc limit \(limit)::bigint
            """, as: EvaluationRecord.self)
    }

    /// Puts an evaluation and its tasks on record, so that from now on nothing of it can be lost. Run it in a transaction.
    public func start(_ new: NewEvaluation) async throws {
        let experiment = NewEvaluation.experiment(of: new.id)
        try await executor.run(
            """
            insert into experiments (id, prompt_id, benchmark_id, kind, status)
            values (\(experiment)::uuid, \(new.promptID)::uuid, \(new.benchmarkID)::text, 'evaluation', 'running')
            """)
        try await executor.run(
            """
            insert into evaluations (
                id, agent_id, prompt_id, benchmark_id, experiment_id, wanted_kind, split, cases, requested_by,
                created_at)
            values (
                \(new.id)::uuid, \(new.agentID)::text, \(new.promptID)::uuid, \(new.benchmarkID)::text,
                \(experiment)::uuid, \(new.kind)::text, \(new.split)::text, \(new.cases.count)::integer,
                \(new.requestedBy.storable)::text,
                -- Of two that one transaction starts, too, one is the later.
                clock_timestamp())
            """)
        for start in stride(from: 0, to: new.cases.count, by: 500) {
            let part = new.cases[start..<min(start + 500, new.cases.count)]
            _ = try await Tasks(executor: executor).accept(part.map(\.submission))
            try await executor.run(
                """
                insert into experiment_results (experiment_id, benchmark_id, case_id, prompt_id, task_id)
                select \(experiment)::uuid, \(new.benchmarkID)::text, case_id, \(new.promptID)::uuid, task_id
                from unnest(\(part.map(\.caseID))::text[], \(part.map(\.submission.taskID))::uuid[])
                    as given (case_id, task_id)
                """)
        }
    }
}
