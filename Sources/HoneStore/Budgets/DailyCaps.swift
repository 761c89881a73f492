public import HoneCore
import Postgres

/// What may be spent each day, in UTC: by everybody, or by one agent.
public struct DailyCap: Sendable, Hashable, Decodable {
    /// Nil for the cap on everything.
    public var agentID: AgentID?
    public var limit: MicroUSD

    public init(agentID: AgentID? = nil, limit: MicroUSD) {
        self.agentID = agentID
        self.limit = limit
    }
}

extension Budgets {
    /// The caps that operators have set: the one on everything first, then agents' by id.
    public func dailyCaps() async throws -> [DailyCap] {
        try await executor.query(
            """
            select nullif(subject, '') as "agentID", daily_micro_usd as "limit" from spending_caps order by subject
            """, as: DailyCap.self)
    }

    /// Sets a cap, or takes it away where `limit` is nil. It holds from now on, today included.
    public func setDailyCap(of agent: AgentID?, to limit: MicroUSD?) async throws {
        let scope = agent == nil ? BudgetScope.day : .agent
        let subject = agent?.rawValue ?? ""
        guard let limit else {
            try await executor.run(
                """
                delete from spending_caps where scope = \(scope)::text and subject = \(subject)::text
                """)
            return
        }
        try await executor.run(
            """
            insert into spending_caps (scope, subject, daily_micro_usd)
            values (\(scope)::text, \(subject)::text, \(limit)::bigint)
            on conflict (scope, subject) do update
            set daily_micro_usd = excluded.daily_micro_usd, updated_at = now()
            """)
    }
}
