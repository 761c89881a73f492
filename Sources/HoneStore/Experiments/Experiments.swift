public import Foundation
public import HoneCore
import Postgres

/// A prompt put to the test.
public struct ExperimentRecord: Sendable, Decodable {
    public var id: ExperimentID
    public var optimizationID: OptimizationID?
    public var promptID: PromptID
    public var baselinePromptID: PromptID?
    public var benchmarkID: String?
    /// `trial`, `validation`, `gate`, `canary`, `evaluation` or `ablation`.
    public var kind: String
    public var status: String
    public var seed: Int64
    public var results: JSONValue?
    public var agentID: AgentID
    /// Of its cases: how many there are, have been worked on, and were passed.
    public var cases: Int
    public var done: Int
    public var passed: Int
    public var createdAt: Date
    public var completedAt: Date?
}

/// Which experiments to list. Nil lets everything through.
public struct ExperimentFilter: Sendable {
    public var agentID: AgentID?
    public var promptID: PromptID?
    public var optimizationID: OptimizationID?
    public var kind: String?
    public var status: String?

    public init(
        agentID: AgentID? = nil, promptID: PromptID? = nil, optimizationID: OptimizationID? = nil,
        kind: String? = nil, status: String? = nil
    ) {
        self.agentID = agentID
        self.promptID = promptID
        self.optimizationID = optimizationID
        self.kind = kind
        self.status = status
    }
}

/// `experiments` and their results.
public struct Experiments: Sendable {
    let executor: any SQLExecutor

    /// Every experiment as ``ExperimentRecord`` wants it.
    private static let everyExperiment: SQL = """
        select experiment.id, optimization_id as "optimizationID", prompt_id as "promptID",
            baseline_prompt_id as "baselinePromptID", benchmark_id as "benchmarkID", kind, status, experiment.seed,
            results, prompt.agent_id as "agentID",
            (select count(*) from experiment_results where experiment_id = experiment.id) as cases,
            (select count(*) from experiment_results
                where experiment_id = experiment.id and (passed is not null or score is not null or error_code is not null)) as done,
            (select count(*) from experiment_results where experiment_id = experiment.id and passed) as passed,
            experiment.created_at, completed_at
        from experiments as experiment join prompts as prompt on prompt.id = experiment.prompt_id
        """

    public func load(_ id: ExperimentID) async throws -> ExperimentRecord? {
        try await executor.first(
            """
            select * from (\(fragment: Self.everyExperiment)) as experiment where id = \(id)::uuid
            """, as: ExperimentRecord.self)
    }

    /// Experiments, newest first; `last` is the time and id of the last one of the page before.
    public func list(
        _ filter: ExperimentFilter, after last: (time: Date, id: ExperimentID)?, limit: Int
    ) async throws -> [ExperimentRecord] {
        try await executor.query(
            """
            select * from (\(fragment: Self.everyExperiment)) as experiment
            where (\(filter.agentID)::text is null or "agentID" = \(filter.agentID)::text)
                and (\(filter.promptID)::uuid is null or "promptID" = \(filter.promptID)::uuid)
                and (\(filter.optimizationID)::uuid is null or "optimizationID" = \(filter.optimizationID)::uuid)
                and (\(filter.kind)::text is null or kind = \(filter.kind)::text)
                and (\(filter.status)::text is null or status = \(filter.status)::text)
                and (\(last?.time)::timestamptz is null
                    or (created_at, id) < (\(last?.time)::timestamptz, \(last?.id)::uuid))
            order by created_at desc, id desc limit \(limit)::bigint
            """, as: ExperimentRecord.self)
    }
}
