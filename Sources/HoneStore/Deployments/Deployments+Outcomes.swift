public import Foundation
public import HoneCore
import HoneIntelligence
import Postgres

/// What a task of an agent came to with one of its prompts.
public struct PromptOutcome: Sendable, Decodable, Hashable {
    public var taskID: TaskID
    public var promptID: PromptID
    /// When the task was accepted.
    public var arrivedAt: Date
    public var category: HoneCore.Category
    public var complexity: Int?
    /// 1 or 0 where it was passed or not, else its overall score; 0 when the attempt failed by the agent's doing. Nil while
    /// nobody can say.
    public var score: Double?
    public var rating: Int?
    public var cost: MicroUSD?
}

extension Deployments {
    /// How long an unfinished task may keep later ones from being looked at.
    private static let patience: TimeInterval = 600

    /// An agent's work with these prompts on tasks that arrived in this time, in the order in which they did; of more than
    /// `limit` the first ones, or the last. Trials and evaluations are left out.
    ///
    /// It ends before the first task that is still under way (for ten minutes at most): what fails quickly must not be seen
    /// before what takes its time to succeed.
    public func outcomes(
        of agent: AgentID, with prompts: [PromptID], from: Date, to: Date, limit: Int, latest: Bool = false
    ) async throws -> [PromptOutcome] {
        let infrastructure = ErrorCode.allCases.filter { !$0.isAgentFailure }
        let found = try await executor.query(
            """
            with under_way as (
                select created_at from agent_tasks as task
                where task.agent_id = \(agent)::text and task.status in ('submitted', 'routed', 'running')
                    and task.prompt_id = any(\(prompts)::uuid[]) and task.experiment_id is null
                union all
                select task.created_at
                from agent_performance_scores as score join agent_tasks as task on task.id = score.task_id
                where score.agent_id = \(agent)::text and score.awaits_judgement and score.experiment_id is null
                    and score.prompt_id = any(\(prompts)::uuid[]) and score.created_at >= \(from)::timestamptz
            ), unfinished as (
                select min(created_at) as since from under_way
                where created_at between \(from)::timestamptz and \(to)::timestamptz
                    and created_at > now() - make_interval(secs => \(Self.patience)::double precision)
            ), work as (
                select score.task_id, score.prompt_id, task.created_at as arrived,
                    coalesce(objective_category, 'unclassified') as category, task_complexity as complexity,
                    coalesce(score.passed::integer::double precision, overall_score) as score, user_rating as rating,
                    cost_micro_usd as cost
                from agent_performance_scores as score join agent_tasks as task on task.id = score.task_id
                where score.agent_id = \(agent)::text and score.experiment_id is null
                    and score.prompt_id = any(\(prompts)::uuid[]) and score.created_at >= \(from)::timestamptz
                    and task.created_at between \(from)::timestamptz and \(to)::timestamptz
                    and not score.awaits_judgement
                union all
                select task.id, execution.prompt_id, task.created_at, coalesce(task.category, 'unclassified'),
                    task.complexity, 0, null, execution.cost_micro_usd
                from executions as execution join agent_tasks as task on task.id = execution.task_id
                where execution.agent_id = \(agent)::text and execution.status = 'failed'
                    and execution.error_code <> all(\(infrastructure)::text[]) and task.experiment_id is null
                    and execution.prompt_id = any(\(prompts)::uuid[]) and execution.created_at >= \(from)::timestamptz
                    and task.created_at between \(from)::timestamptz and \(to)::timestamptz
            )
            select task_id as "taskID", prompt_id as "promptID", arrived as arrived_at, category, complexity, score,
                rating, cost
            from work, unfinished where unfinished.since is null or arrived < unfinished.since
            order by extract(epoch from arrived) * \(latest ? -1 : 1)::double precision, task_id limit \(limit)::bigint
            """, as: PromptOutcome.self)
        return latest ? found.reversed() : found
    }
}
