import HoneCore
import Postgres

extension Statistics {
    /// Keeps everybody from counting until the transaction ends; readers are not held up.
    public func holdStill() async throws {
        // In the order in which the ledger is written, so that no writer holds one and waits for another.
        try await executor.run(
            """
            lock table rewards, agent_points, statistics_cells in share row exclusive mode
            """)
    }

    /// Time since the leaderboard was last published; nil when it is empty.
    public func boardAge() async throws -> Duration? {
        let seconds = try await executor.first(
            """
            select coalesce(extract(epoch from clock_timestamp() - max(last_updated)), -1)::double precision as age
            from agent_performance_stats
            """, as: Double.self)
        return seconds.flatMap { $0 < 0 ? nil : .seconds($0) }
    }
}

extension Rewards {
    /// Makes the notes of what was counted, and the agents' points, agree with the tables. Under
    /// ``Statistics/holdStill()``, together with the cells.
    public func mend() async throws {
        try await executor.run(
            """
            update rewards as reward
            set counted_overall = score.overall_score, counted_passed = score.passed, counted_rating = rated.rating
            from agent_performance_scores as score
            left join lateral (
                select rating from user_feedback where user_feedback.task_id = score.task_id
                order by created_at desc, id limit 1) as rated on true
            where reward.task_id = score.task_id
                and (counted_overall, counted_passed, counted_rating)
                    is distinct from (score.overall_score, score.passed, rated.rating)
            """)
        try await executor.run(
            """
            with sums as (
                select agent_id, sum(points)::bigint as points, sum(attainable)::bigint as attainable
                from rewards group by agent_id
            ), gone as (
                delete from agent_points where agent_id not in (select agent_id from sums)
            )
            insert into agent_points (agent_id, points, attainable) select agent_id, points, attainable from sums
            on conflict (agent_id) do update set points = excluded.points, attainable = excluded.attainable
            """)
    }
}
