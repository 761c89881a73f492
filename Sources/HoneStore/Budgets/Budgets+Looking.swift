public import Foundation
public import HoneCore
import Postgres

/// A budget as it stands.
public struct BudgetRecord: Sendable, Hashable, Decodable {
    public var scope: BudgetScope
    public var scopeID: String
    public var cap: MicroUSD
    public var reserved: MicroUSD
    public var spent: MicroUSD
    /// Calls that it kept from being made.
    public var refused: Int

    public var account: BudgetAccount { BudgetAccount(scope, id: scopeID) }

    public init(
        _ account: BudgetAccount, cap: MicroUSD, reserved: MicroUSD = .zero, spent: MicroUSD = .zero, refused: Int = 0
    ) {
        scope = account.scope
        scopeID = account.id
        self.cap = cap
        self.reserved = reserved
        self.spent = spent
        self.refused = refused
    }
}

extension Budgets {
    /// The budgets of a day (`2026-11-21`, UTC): everybody's first, then agents'.
    public func ofDay(_ day: String) async throws -> [BudgetRecord] {
        try await executor.query(
            """
            select scope, scope_id as "scopeID", cap_micro_usd as cap, reserved_micro_usd as reserved,
                spent_micro_usd as spent, refused
            from budgets
            where scope = 'day' and scope_id = \(day)::text
                or scope = 'agent' and scope_id like '%/' || \(day)::text
            order by scope desc, scope_id
            """, as: BudgetRecord.self)
    }

    /// These budgets, where they have been opened.
    public func load(_ accounts: [BudgetAccount]) async throws -> [BudgetRecord] {
        try await executor.query(
            """
            select scope, scope_id as "scopeID", cap_micro_usd as cap, reserved_micro_usd as reserved,
                spent_micro_usd as spent, refused
            from budgets where id = any(\(accounts.map(\.budgetID))::uuid[]) order by id
            """, as: BudgetRecord.self)
    }

    /// What model calls since `midnight` have cost, as far as tasks, judgements and reviews on record tell: all of them, or
    /// those that an agent has made.
    public func spent(since midnight: Date, by agent: AgentID? = nil) async throws -> MicroUSD {
        try await executor.first(
            """
            select coalesce(sum(cost), 0)::bigint from (
                select sum(cost_micro_usd) as cost from executions
                where created_at >= \(midnight)::timestamptz
                    and (\(agent)::text is null or agent_id = \(agent)::text)
                union all
                select sum(cost_micro_usd) from judgements
                where created_at >= \(midnight)::timestamptz and \(agent)::text is null
                union all
                select sum(cost_micro_usd) from agent_peer_evaluations
                where created_at >= \(midnight)::timestamptz and evaluator_agent_id in (
                    select id from agents where \(agent)::text is null or id = \(agent)::text)
            ) as part
            """, as: MicroUSD.self) ?? .zero
    }

    /// The optimization that an experiment belongs to, with what it may spend; nil where it has no cap.
    public func optimization(of experiment: ExperimentID) async throws -> SpendingCap? {
        struct Row: Decodable {
            var id: OptimizationID
            var dollars: Double?
        }
        let row = try await executor.first(
            """
            select optimization.id, (optimization.budget ->> 'max_cost_usd')::double precision as dollars
            from experiments as experiment join optimizations as optimization
                on optimization.id = experiment.optimization_id
            where experiment.id = \(experiment)::uuid
            """, as: Row.self)
        return row.flatMap { row in
            row.dollars.map { SpendingCap(.optimization(row.id), limit: MicroUSD(dollars: $0)) }
        }
    }
}
