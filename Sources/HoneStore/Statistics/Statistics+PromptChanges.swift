public import Foundation
public import HoneCore
import HoneIntelligence
import Postgres

/// How an agent did before it came to a prompt, and how with it.
public struct PromptChange: Sendable, Hashable {
    public var promptID: PromptID
    /// Nil when it is not in the registry.
    public var version: String?
    /// Its first use.
    public var since: Date
    public var before: MeanFigures?
    public var after: MeanFigures?
    public var change: IntervalFigures?
}

extension Statistics {
    /// The prompts that an agent came to last, the latest first, each with the mean before its first use, with whatever
    /// prompt, and the mean since then with this one. Means are adjusted as on the leaderboard; trials of experiments are
    /// left out. A pass over the agent's work for each: not for a hot path.
    public func promptChanges(of agent: AgentID, limit: Int = 10) async throws -> [PromptChange] {
        let rows = try await promptWork(of: agent, limit: limit)
        let adjustment = rows.isEmpty ? .none : DifficultyAdjustment(try await table())
        return Dictionary(grouping: rows, by: \.promptID).values
            .compactMap { PromptChange($0, adjustment) }.sorted { ($0.since, $0.promptID) > ($1.since, $1.promptID) }
    }

    private func promptWork(of agent: AgentID, limit: Int) async throws -> [PromptWorkRow] {
        let infrastructure = ErrorCode.allCases.filter { !$0.isAgentFailure }
        return try await executor.query(
            """
            with work as (
                select prompt_id, created_at, coalesce(objective_category, 'unclassified') as category,
                    coalesce(task_complexity, 0) as complexity, overall_score as overall
                from agent_performance_scores
                where agent_id = \(agent)::text and experiment_id is null and overall_score is not null
                union all
                select execution.prompt_id, execution.created_at, coalesce(task.category, 'unclassified'),
                    coalesce(task.complexity, 0), 0
                from executions as execution join agent_tasks as task on task.id = execution.task_id
                where execution.agent_id = \(agent)::text and execution.status = 'failed' and execution.counted
                    and execution.error_code <> all(\(infrastructure)::text[]) and task.experiment_id is null
            ), uses as (
                select prompt_id, min(created_at) as since from work where prompt_id is not null
                group by prompt_id order by since desc limit \(limit)::bigint
            )
            select uses.prompt_id as "promptID", prompt.version, uses.since,
                work.prompt_id is not distinct from uses.prompt_id as "isAfter", work.category, work.complexity,
                count(*) as count, sum(round(work.overall * 1e6))::bigint as sum,
                sum(round(work.overall * work.overall * 1e6))::bigint as squares
            from uses join work on work.prompt_id = uses.prompt_id or work.created_at < uses.since
            left join prompts as prompt on prompt.id = uses.prompt_id
            group by uses.prompt_id, prompt.version, uses.since, "isAfter", work.category, work.complexity
            order by work.category, work.complexity
            """, as: PromptWorkRow.self)
    }
}

private struct PromptWorkRow: Decodable {
    var promptID: PromptID
    var version: String?
    var since: Date
    var isAfter: Bool
    var category: HoneCore.Category
    var complexity: Int
    var count: Int64
    var sum: Int64
    var squares: Int64

    func sample(_ adjustment: DifficultyAdjustment) -> QualitySample {
        let sample = QualitySample(
            count: Double(count), sum: Double(sum) / 1_000_000, squares: Double(squares) / 1_000_000)
        return adjustment.overall(sample, category: category, complexity: complexity == 0 ? nil : complexity)
    }
}

extension PromptChange {
    fileprivate init?(_ rows: [PromptWorkRow], _ adjustment: DifficultyAdjustment) {
        guard let first = rows.first else { return nil }
        func sample(_ isAfter: Bool) -> QualitySample {
            rows.filter { $0.isAfter == isAfter }.reduce(QualitySample()) { $0 + $1.sample(adjustment) }
        }
        let effect = ChangeEffect(before: sample(false), after: sample(true))
        self.init(
            promptID: first.promptID, version: first.version, since: first.since,
            before: MeanEstimate(sample(false)).map(MeanFigures.init),
            after: MeanEstimate(sample(true)).map(MeanFigures.init), change: effect.map(IntervalFigures.init))
    }
}
