public import HoneCore
import Postgres

/// A task's next attempt, given to an agent, with the decision behind it.
public struct Route: Sendable {
    public var taskID: TaskID
    /// One more than the attempt the decision was made on: the fencing token.
    public var attempt: Int
    public var agentID: AgentID
    public var promptID: PromptID?
    /// Set where the publisher left it open and the router has settled it.
    public var category: HoneCore.Category?
    public var complexity: Int?
    /// What the router made of a category, or a complexity, that it has said itself; see ``TaskRecord``.
    public var categoryConfidence: Double?
    public var complexityEstimated: Bool
    public var decision: DecisionRecord

    public init(
        taskID: TaskID, attempt: Int, agentID: AgentID, promptID: PromptID?, category: HoneCore.Category? = nil,
        complexity: Int? = nil, categoryConfidence: Double? = nil, complexityEstimated: Bool = false,
        decision: DecisionRecord
    ) {
        self.taskID = taskID
        self.attempt = attempt
        self.agentID = agentID
        self.promptID = promptID
        self.category = category
        self.complexity = complexity
        self.categoryConfidence = categoryConfidence
        self.complexityEstimated = complexityEstimated
        self.decision = decision
    }
}

extension Tasks {
    /// Gives tasks to agents and stores the decisions. Returns the tasks that moved: those that were open and whose
    /// last attempt was the one before `attempt`. The others belong to somebody else by now; load them to see.
    public func route(_ routes: [Route]) async throws -> Set<TaskID> {
        guard !routes.isEmpty else { return [] }
        let rows = routes.uniqued(by: \.taskID)
        let decisions = rows.map(\.decision)
        let moved = try await executor.query(
            """
            with route as (
                select * from unnest(
                    \(rows.map(\.taskID))::uuid[], \(rows.map(\.attempt))::integer[], \(rows.map(\.agentID))::text[],
                    \(rows.map(\.promptID))::uuid[], \(rows.map(\.category))::text[],
                    \(rows.map(\.complexity))::integer[], \(rows.map(\.categoryConfidence))::double precision[],
                    \(rows.map(\.complexityEstimated))::boolean[], \(decisions.map(\.id))::uuid[],
                    \(decisions.map(\.policy))::text[], \(decisions.map { ArrayText($0.candidates) })::text[],
                    \(decisions.map { ArrayText($0.scores) })::text[],
                    \(decisions.map { ArrayText($0.propensities) })::text[],
                    \(decisions.map { ArrayText($0.featureNames) })::text[],
                    \(decisions.map { ArrayText($0.features) })::text[], \(decisions.map(\.reason.storable))::text[],
                    \(decisions.map(\.seed))::bigint[]
                ) as route (
                    task_id, attempt, agent_id, prompt_id, category, complexity, category_confidence,
                    complexity_estimated, decision_id, policy, candidates, scores, propensities, feature_names,
                    features, reason, seed)
            ), locked as (
                -- In one order everywhere, so that two routers that share tasks cannot lock each other out.
                select task.id from agent_tasks as task join route on route.task_id = task.id
                order by task.id for no key update of task
            ), moved as (
                update agent_tasks as task
                set status = 'routed', attempt = route.attempt, agent_id = route.agent_id,
                    prompt_id = route.prompt_id, routing_decision_id = route.decision_id,
                    category = coalesce(route.category, task.category),
                    complexity = coalesce(route.complexity, task.complexity),
                    category_confidence = coalesce(route.category_confidence, task.category_confidence),
                    complexity_estimated = route.complexity_estimated or task.complexity_estimated, moved_at = now()
                from route join locked on locked.id = route.task_id
                where task.id = route.task_id and task.attempt = route.attempt - 1
                    and task.status in ('submitted', 'routed', 'running')
                returning task.id
            ), decided as (
                insert into routing_decisions (
                    id, task_id, attempt, agent_id, policy, candidates, scores, propensities, feature_names, features,
                    reason, seed)
                select decision_id, task_id, attempt, agent_id, policy, candidates::text[],
                    scores::double precision[], propensities::double precision[], feature_names::text[],
                    features::double precision[], reason, seed
                from route join moved on moved.id = route.task_id
            )
            select id from moved
            """, as: TaskID.self)
        return Set(moved)
    }
}
