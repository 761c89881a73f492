public import HoneCore
public import HoneIntelligence
import Postgres

extension Rewards {
    /// What the ledger rows of these tasks were first measured against.
    public func references(of ids: [TaskID]) async throws -> [TaskID: RewardReference] {
        guard !ids.isEmpty else { return [:] }
        struct Row: Decodable {
            var taskID: TaskID
            var cost: MicroUSD
            var duration: Int64
        }
        let rows = try await executor.query(
            """
            select task_id as "taskID", reference_cost_micro_usd as cost, reference_duration_ms as duration
            from rewards
            where task_id = any(\(ids)::uuid[])
                and reference_cost_micro_usd is not null and reference_duration_ms is not null
            """, as: Row.self)
        return Dictionary(
            rows.map { ($0.taskID, RewardReference(cost: $0.cost, durationMilliseconds: $0.duration)) }
        ) { first, _ in first }
    }

    /// Keeps what rows were measured against; the first reference of a row stays.
    public func keep(_ references: [(taskID: TaskID, reference: RewardReference)]) async throws {
        guard !references.isEmpty else { return }
        try await executor.run(
            """
            update rewards as reward
            set reference_cost_micro_usd = reference.cost, reference_duration_ms = reference.duration
            from unnest(
                \(references.map(\.taskID))::uuid[], \(references.map(\.reference.cost))::bigint[],
                \(references.map(\.reference.durationMilliseconds))::bigint[]
            ) as reference (task_id, cost, duration)
            where reward.task_id = reference.task_id and reward.reference_cost_micro_usd is null
            """)
    }
}
