public import Foundation
public import HoneCore
public import Postgres

/// A model's opinion of one task's work.
public struct JudgementRecord: Sendable, Hashable, Decodable {
    /// What the verdict is for: the score itself, comparison with a known truth, or the judge's own noise.
    public enum Purpose: String, Sendable, Codable, CaseIterable, PostgresEncodable {
        case score, calibration, `repeat`
    }

    /// Derived from the message that asked for it.
    public var id: UUID
    public var taskID: TaskID
    public var model: ModelID
    public var purpose: Purpose
    /// All nil when the judge could not say.
    public var accuracy: Double?
    public var relevance: Double?
    public var completeness: Double?
    public var reason: String
    public var inputTokens: Int
    public var outputTokens: Int
    public var cost: MicroUSD?
    public var durationSeconds: Double

    public var isUnknown: Bool { accuracy == nil && relevance == nil && completeness == nil }

    public init(
        id: UUID, taskID: TaskID, model: ModelID, purpose: Purpose, accuracy: Double? = nil, relevance: Double? = nil,
        completeness: Double? = nil, reason: String, usage: TokenUsage = TokenUsage(), cost: MicroUSD?,
        durationSeconds: Double
    ) {
        self.id = id
        self.taskID = taskID
        self.model = model
        self.purpose = purpose
        self.accuracy = accuracy
        self.relevance = relevance
        self.completeness = completeness
        self.reason = reason
        inputTokens = usage.inputTokens
        outputTokens = usage.outputTokens
        self.cost = cost
        self.durationSeconds = durationSeconds
    }
}

/// `judgements`: every verdict that a judging model gave.
public struct Judgements: Sendable {
    let executor: any SQLExecutor

    /// Writes verdicts; returns the ids that are new. A task gets one verdict for its score, the first.
    public func insert(_ rows: [JudgementRecord]) async throws -> Set<UUID> {
        guard !rows.isEmpty else { return [] }
        let inserted = try await executor.query(
            """
            insert into judgements (
                id, task_id, model, purpose, accuracy_score, relevance_score, completeness_score, reason, unknown,
                input_tokens, output_tokens, cost_micro_usd, duration_seconds)
            select * from unnest(
                \(rows.map(\.id))::uuid[], \(rows.map(\.taskID))::uuid[], \(rows.map(\.model))::text[],
                \(rows.map(\.purpose))::text[], \(rows.map(\.accuracy))::double precision[],
                \(rows.map(\.relevance))::double precision[], \(rows.map(\.completeness))::double precision[],
                \(rows.map(\.reason.storable))::text[], \(rows.map(\.isUnknown))::boolean[],
                \(rows.map(\.inputTokens))::bigint[], \(rows.map(\.outputTokens))::bigint[],
                \(rows.map(\.cost))::bigint[], \(rows.map(\.durationSeconds))::double precision[])
            on conflict do nothing
            returning id
            """, as: UUID.self)
        return Set(inserted)
    }

    /// All verdicts on these tasks, oldest first.
    public func load(_ ids: [TaskID]) async throws -> [JudgementRecord] {
        try await executor.query(
            """
            select id, task_id as "taskID", model, purpose, accuracy_score as accuracy, relevance_score as relevance,
                completeness_score as completeness, reason, input_tokens, output_tokens, cost_micro_usd as cost,
                duration_seconds
            from judgements where task_id = any(\(ids)::uuid[]) order by created_at, id
            """, as: JudgementRecord.self)
    }
}
