public import Foundation
public import HoneCore
public import HoneIntelligence
import Postgres

/// Whose work, and when, is added up. Nil lets everything through.
public struct PeriodFilter: Sendable, Hashable {
    public var from: Date?
    public var to: Date?
    public var agentID: AgentID?
    public var model: ModelID?

    public init(from: Date? = nil, to: Date? = nil, agentID: AgentID? = nil, model: ModelID? = nil) {
        self.from = from
        self.to = to
        self.agentID = agentID
        self.model = model
    }
}

/// What one step of an agent's runs takes.
public struct NodeEffort: Sendable, Decodable, Hashable {
    public var name: String
    public var count: Int
    public var failed: Int
    public var meanSeconds: Double
    public var tokens: Int
    public var meanQuality: Double?
}

extension Statistics {
    /// The cells of a period, counted anew from scores and failed attempts. Trials of experiments are left out.
    public func table(in filter: PeriodFilter) async throws -> StatisticsTable {
        let infrastructure = ErrorCode.allCases.filter { !$0.isAgentFailure }
        let rows = try await executor.query(
            """
            select agent_id as "agentID", category, complexity, model, day - date '1970-01-01' as day,
                count(*) as count, count(*) filter (where passed) as passed,
                count(*) filter (where error_code <> all(\(infrastructure)::text[])) as failed,
                count(*) filter (where error_code = any(\(infrastructure)::text[])) as infrastructure_failures,
                count(overall) as scored, coalesce(sum(round(overall * 1e6)), 0)::bigint as overall_sum,
                coalesce(sum(round(overall * overall * 1e6)), 0)::bigint as overall_squares,
                count(cost) as priced,
                coalesce(sum(round(overall * 1e6)) filter (where cost is not null), 0)::bigint as priced_overall_sum,
                coalesce(sum(cost), 0)::bigint as cost_micro_usd,
                coalesce(sum(round(seconds * 1000)), 0)::bigint as duration_milliseconds,
                coalesce(sum(tokens), 0)::bigint as tokens, count(rating) as ratings,
                coalesce(sum(rating), 0)::bigint as rating_sum
            from (
                select agent_id, coalesce(objective_category, 'unclassified') as category,
                    coalesce(task_complexity, 0) as complexity, coalesce(model_used, '') as model,
                    (created_at at time zone 'UTC')::date as day, passed,
                    null::text as error_code, overall_score as overall, cost_micro_usd as cost,
                    duration_seconds as seconds, total_tokens as tokens, user_rating as rating
                from agent_performance_scores
                where experiment_id is null
                    and (\(filter.from)::timestamptz is null or created_at >= \(filter.from)::timestamptz)
                    and (\(filter.to)::timestamptz is null or created_at <= \(filter.to)::timestamptz)
                    and (\(filter.agentID)::text is null or agent_id = \(filter.agentID)::text)
                    and (\(filter.model)::text is null or model_used = \(filter.model)::text)
                union all
                select execution.agent_id, coalesce(task.category, 'unclassified'), coalesce(task.complexity, 0),
                    coalesce(execution.model, ''),
                    (execution.created_at at time zone 'UTC')::date, false, execution.error_code,
                    case when execution.error_code <> all(\(infrastructure)::text[]) then 0::double precision end,
                    execution.cost_micro_usd, execution.duration_seconds,
                    execution.input_tokens + execution.output_tokens, null::integer
                from executions as execution join agent_tasks as task on task.id = execution.task_id
                where execution.status = 'failed' and execution.counted and task.experiment_id is null
                    and (\(filter.from)::timestamptz is null or execution.created_at >= \(filter.from)::timestamptz)
                    and (\(filter.to)::timestamptz is null or execution.created_at <= \(filter.to)::timestamptz)
                    and (\(filter.agentID)::text is null or execution.agent_id = \(filter.agentID)::text)
                    and (\(filter.model)::text is null or execution.model = \(filter.model)::text)
            ) as work
            group by agent_id, category, complexity, model, day
            """, as: CellRow.self)
        return StatisticsTable(cells: Dictionary(rows.map { ($0.key, $0.cell) }) { $0 + $1 })
    }

    /// The steps of an agent's runs in a period, by name. Trials of experiments are left out.
    public func nodes(in filter: PeriodFilter) async throws -> [NodeEffort] {
        try await executor.query(
            """
            select node.node_name as name, count(*) as count, count(*) filter (where not node.success) as failed,
                avg(node.execution_time_seconds) as mean_seconds, sum(node.tokens_used)::bigint as tokens,
                avg(node.output_quality_score) as mean_quality
            from executions as execution
            join agent_node_performance as node
                on node.task_id = execution.task_id and node.attempt = execution.attempt
            join agent_tasks as task on task.id = execution.task_id and task.experiment_id is null
            where (\(filter.from)::timestamptz is null or execution.created_at >= \(filter.from)::timestamptz)
                and (\(filter.to)::timestamptz is null or execution.created_at <= \(filter.to)::timestamptz)
                and (\(filter.agentID)::text is null or execution.agent_id = \(filter.agentID)::text)
                and (\(filter.model)::text is null or execution.model = \(filter.model)::text)
            group by node.node_name order by node.node_name
            """, as: NodeEffort.self)
    }

    /// The board as it would be if nothing else had happened than the work of a period.
    public func standings(in filter: PeriodFilter, at now: Date) async throws -> [Standing] {
        let table = try await table(in: filter)
        let points = try await points(in: filter)
        let uses = try await firstUses(of: table.modelsOfUnknownOrder())
        let agents = try await Agents(executor: executor).all().map { agent in
            LeaderboardAgent(agent, points: points[agent.id]?.points ?? 0, uses: uses)
        }
        let period = (filter.from ?? .distantPast)...max(filter.from ?? .distantPast, filter.to ?? now)
        let corrections = try await Opinions(executor: executor).corrections(period)
        let board = Leaderboard(
            table, agents: agents, today: Day(min(now, filter.to ?? now)), correcting: corrections.ofMeans)
        return board.entries.map { entry in
            Standing(entry, attainable: points[entry.agent]?.attainable ?? 0, at: now)
        }
    }

    private func points(in filter: PeriodFilter) async throws -> [AgentID: PointTotal] {
        struct Row: Decodable {
            var agentID: AgentID
            var points: Int64
            var attainable: Int64
        }
        let rows = try await executor.query(
            """
            select reward.agent_id as "agentID", sum(reward.points)::bigint as points,
                sum(reward.attainable)::bigint as attainable
            from (
                select task_id from agent_performance_scores
                where (\(filter.from)::timestamptz is null or created_at >= \(filter.from)::timestamptz)
                    and (\(filter.to)::timestamptz is null or created_at <= \(filter.to)::timestamptz)
                    and (\(filter.model)::text is null or model_used = \(filter.model)::text)
                union
                -- Tasks that failed for good have no score, and their penalty all the same.
                select execution.task_id
                from executions as execution
                join agent_tasks as task on task.id = execution.task_id and task.attempt = execution.attempt
                where execution.status = 'failed' and task.status in ('failed', 'expired')
                    and (\(filter.from)::timestamptz is null or execution.created_at >= \(filter.from)::timestamptz)
                    and (\(filter.to)::timestamptz is null or execution.created_at <= \(filter.to)::timestamptz)
                    and (\(filter.model)::text is null or execution.model = \(filter.model)::text)
            ) as work join rewards as reward using (task_id)
            group by reward.agent_id
            """, as: Row.self)
        return Dictionary(
            rows.map { ($0.agentID, PointTotal(points: $0.points, attainable: max(0, $0.attainable))) }
        ) { first, _ in first }
    }
}
