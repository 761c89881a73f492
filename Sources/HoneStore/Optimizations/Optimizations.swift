public import Foundation
public import HoneCore
import Postgres

/// A search for a better prompt.
public struct OptimizationRecord: Sendable, Decodable {
    public var id: OptimizationID
    public var agentID: AgentID
    public var benchmarkID: String?
    public var algorithm: String
    public var auto: String
    /// `queued`, `running`, `completed`, `failed` or `cancelled`.
    public var status: String
    public var params: JSONValue
    public var budget: JSONValue
    public var seed: Int64
    /// Gains per objective with their intervals.
    public var improvement: JSONValue?
    public var bestPromptID: PromptID?
    /// The production prompt that it started from; nil before it did.
    public var baselinePromptID: PromptID?
    /// How far it is, as it was last told.
    public var progress: JSONValue?
    /// Why it ended, in a sentence.
    public var endReason: String?
    public var spent: MicroUSD
    public var errorCode: String?
    public var errorMessage: String?
    public var requestedBy: String
    public var createdAt: Date
    public var startedAt: Date?
    public var completedAt: Date?
}

/// A search that somebody wants.
public struct NewOptimization: Sendable {
    public var id: OptimizationID
    public var agentID: AgentID
    public var benchmarkID: String
    public var algorithm: String
    public var auto: String
    public var params: JSONValue
    public var budget: JSONValue
    public var seed: Int64
    public var requestedBy: String

    public init(
        id: OptimizationID, agentID: AgentID, benchmarkID: String, algorithm: String, auto: String,
        params: JSONValue, budget: JSONValue, seed: Int64, requestedBy: String
    ) {
        self.id = id
        self.agentID = agentID
        self.benchmarkID = benchmarkID
        self.algorithm = algorithm
        self.auto = auto
        self.params = params
        self.budget = budget
        self.seed = seed
        self.requestedBy = requestedBy
    }
}

/// `optimizations`.
public struct Optimizations: Sendable {
    let executor: any SQLExecutor

    /// Every optimization as ``OptimizationRecord`` wants it.
    private static let everyOptimization: SQL = """
        select id, agent_id as "agentID", benchmark_id as "benchmarkID", algorithm, auto, status, params, budget, seed,
            improvement, best_prompt_id as "bestPromptID", baseline_prompt_id as "baselinePromptID", progress,
            end_reason, spent_micro_usd as spent, error_code, error_message, requested_by, created_at, started_at,
            completed_at
        from optimizations
        """

    /// Puts a request on record as queued; the same id again changes nothing.
    public func queue(_ new: NewOptimization) async throws {
        try await executor.run(
            """
            insert into optimizations (
                id, agent_id, benchmark_id, algorithm, auto, params, budget, seed, requested_by)
            values (
                \(new.id)::uuid, \(new.agentID)::text, \(new.benchmarkID)::text, \(new.algorithm)::text,
                \(new.auto)::text, \(JSONText(new.params))::jsonb, \(JSONText(new.budget))::jsonb,
                \(new.seed)::bigint, \(new.requestedBy.storable)::text)
            on conflict (id) do nothing
            """)
    }

    public func load(_ id: OptimizationID) async throws -> OptimizationRecord? {
        try await executor.first(
            """
            select * from (\(fragment: Self.everyOptimization)) as optimization where id = \(id)::uuid
            """, as: OptimizationRecord.self)
    }

    /// An agent's optimizations, newest first; `last` is the time and id of the last one of the page before.
    public func list(
        of agent: AgentID, status: String? = nil, after last: (time: Date, id: OptimizationID)? = nil, limit: Int
    ) async throws -> [OptimizationRecord] {
        try await executor.query(
            """
            select * from (\(fragment: Self.everyOptimization)) as optimization
            where "agentID" = \(agent)::text and (\(status)::text is null or status = \(status)::text)
                and (\(last?.time)::timestamptz is null
                    or (created_at, id) < (\(last?.time)::timestamptz, \(last?.id)::uuid))
            order by created_at desc, id desc limit \(limit)::bigint
            """, as: OptimizationRecord.self)
    }

    /// Whether an agent has a search that is not over.
    public func isUnderWay(for agent: AgentID) async throws -> Bool {
        try await executor.first(
            """
            select exists (
                select from optimizations where agent_id = \(agent)::text and status in ('queued', 'running')
            ) as under_way
            """, as: Bool.self) ?? false
    }
}
