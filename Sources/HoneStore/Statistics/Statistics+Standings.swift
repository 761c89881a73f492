import Foundation
public import HoneCore
public import HoneIntelligence
import Postgres

extension Statistics {
    /// The leaderboard as it was last published: ranked agents first, then the others by id.
    public func standings() async throws -> [Standing] {
        try await executor.query(
            """
            select agent_id as "agentID", nickname, total_tasks, successful_tasks, failed_tasks, unknown_tasks,
                avg_overall_score, avg_user_rating, total_cost_micro_usd as total_cost, cost_per_quality_point,
                avg_duration_seconds, quality, quality_low, quality_high, trend, badges, category_performance,
                model_performance, overall_rank, rank_band_low, rank_band_high, cost_rank, cost_band_low,
                cost_band_high, category_ranks, flips_to_lose_first, points, attainable, last_updated
            from agent_performance_stats order by overall_rank nulls last, agent_id
            """, as: Standing.self)
    }

    /// Replaces the published rows of the board's agents, and takes away those of agents that are not on it.
    /// `attainable` is what each agent could have earned.
    public func publish(_ board: Leaderboard, attainable: [AgentID: Int64] = [:]) async throws {
        let rows = board.entries.sorted { $0.agent < $1.agent }
        let totals = rows.map(\.total)
        try await executor.run(
            """
            with board as (
                select * from unnest(
                    \(rows.map(\.agent))::text[], \(rows.map(\.nickname.storable))::text[],
                    \(totals.map(\.count))::bigint[], \(totals.map(\.completed))::bigint[],
                    \(totals.map(\.failed))::bigint[], \(totals.map(\.unknown))::bigint[],
                    \(totals.map(\.meanOverall))::double precision[],
                    \(totals.map(\.meanRating))::double precision[], \(totals.map(\.costMicroUSD))::bigint[],
                    \(totals.map(\.meanCost).map { $0.map { Double($0.rawValue) } })::double precision[],
                    \(totals.map(\.costPerQualityPoint))::double precision[],
                    \(totals.map(\.meanDurationSeconds))::double precision[],
                    \(rows.map { $0.estimate?.value })::double precision[],
                    \(rows.map { $0.estimate?.interval.lowerBound })::double precision[],
                    \(rows.map { $0.estimate?.interval.upperBound })::double precision[],
                    \(rows.map(\.trend.rawValue))::text[], \(rows.map { ArrayText($0.badges.map(\.rawValue)) })::text[],
                    \(rows.map { JSONText($0.categoryPerformance) })::text[],
                    \(rows.map { JSONText($0.modelPerformance) })::text[], \(rows.map(\.overallRank))::integer[],
                    \(rows.map { $0.overall?.band.lowerBound })::integer[],
                    \(rows.map { $0.overall?.band.upperBound })::integer[], \(rows.map(\.costRank))::integer[],
                    \(rows.map { $0.cost?.band.lowerBound })::integer[],
                    \(rows.map { $0.cost?.band.upperBound })::integer[],
                    \(rows.map { JSONText($0.categoryRanks) })::text[],
                    \(rows.map { $0.overall?.flipsToLoseFirst })::integer[],
                    \(rows.map(\.points))::bigint[], \(rows.map { attainable[$0.agent] ?? 0 })::bigint[]
                ) as board (
                    agent_id, nickname, total, successful, failed, unknown, score, rating, cost, mean_cost,
                    cost_per_point, duration, quality, low, high, trend, badges, categories, models, rank, band_low,
                    band_high, cost_rank, cost_low, cost_high, category_ranks, flips, points, attainable)
            ), gone as (
                delete from agent_performance_stats where agent_id not in (select agent_id from board)
            )
            insert into agent_performance_stats (
                agent_id, nickname, total_tasks, successful_tasks, failed_tasks, unknown_tasks, avg_overall_score,
                avg_user_rating, total_cost_micro_usd, avg_cost_micro_usd, cost_per_quality_point,
                avg_duration_seconds, quality, quality_low, quality_high, trend, badges, category_performance,
                model_performance, overall_rank, rank_band_low, rank_band_high, cost_rank, cost_band_low,
                cost_band_high, category_ranks, flips_to_lose_first, points, attainable, last_updated)
            select agent_id, nickname, total, successful, failed, unknown, score, rating, cost, mean_cost,
                cost_per_point, duration, quality, low, high, trend, badges::text[], categories::jsonb, models::jsonb,
                rank, band_low, band_high, cost_rank, cost_low, cost_high, category_ranks::jsonb, flips, points,
                attainable, now()
            from board
            \(fragment: Self.replacement)
            """)
    }

    /// The end of the statement above: every column but the key is taken over.
    private static let replacement: SQL = """
        on conflict (agent_id) do update
        set nickname = excluded.nickname, total_tasks = excluded.total_tasks,
            successful_tasks = excluded.successful_tasks, failed_tasks = excluded.failed_tasks,
            unknown_tasks = excluded.unknown_tasks,
            avg_overall_score = excluded.avg_overall_score, avg_user_rating = excluded.avg_user_rating,
            total_cost_micro_usd = excluded.total_cost_micro_usd, avg_cost_micro_usd = excluded.avg_cost_micro_usd,
            cost_per_quality_point = excluded.cost_per_quality_point,
            avg_duration_seconds = excluded.avg_duration_seconds, quality = excluded.quality,
            quality_low = excluded.quality_low, quality_high = excluded.quality_high, trend = excluded.trend,
            badges = excluded.badges, category_performance = excluded.category_performance,
            model_performance = excluded.model_performance, overall_rank = excluded.overall_rank,
            rank_band_low = excluded.rank_band_low, rank_band_high = excluded.rank_band_high,
            cost_rank = excluded.cost_rank, cost_band_low = excluded.cost_band_low,
            cost_band_high = excluded.cost_band_high, category_ranks = excluded.category_ranks,
            flips_to_lose_first = excluded.flips_to_lose_first, points = excluded.points,
            attainable = excluded.attainable, last_updated = excluded.last_updated
        """
}
