public import Foundation
public import HoneCore
import Postgres

/// How much is done, how fast and at what price.
public struct PulseRecord: Sendable, Decodable {
    /// Tasks that ended in the window, and those among them that were completed.
    public var ended: Int
    public var completed: Int
    /// Seconds from acceptance to the end; nil when nothing ended.
    public var p50: Double?
    public var p95: Double?
    public var p99: Double?
    public var open: Int
    public var costToday: MicroUSD
    public var tokensToday: Int
}

extension Tasks {
    /// The last `window` seconds before `now`, and the day since `midnight`.
    public func pulse(window: Int, since midnight: Date, at now: Date) async throws -> PulseRecord {
        try await executor.first(
            """
            with lately as (
                select status, extract(epoch from finished_at - created_at)::double precision as seconds
                from agent_tasks
                where finished_at > \(now)::timestamptz - \(window)::integer * interval '1 second'
            ), today as (
                select sum(cost_micro_usd)::bigint as cost, sum(input_tokens + output_tokens)::bigint as tokens
                from executions where created_at >= \(midnight)::timestamptz
            )
            select count(*) as ended, count(*) filter (where status = 'completed') as completed,
                percentile_cont(0.5) within group (order by seconds) as p50,
                percentile_cont(0.95) within group (order by seconds) as p95,
                percentile_cont(0.99) within group (order by seconds) as p99,
                (select count(*) from agent_tasks where finished_at is null) as open,
                coalesce((select cost from today), 0) as cost_today,
                coalesce((select tokens from today), 0) as tokens_today
            from lately
            """, as: PulseRecord.self)
            ?? PulseRecord(ended: 0, completed: 0, open: 0, costToday: MicroUSD(0), tokensToday: 0)
    }
}
