public import HoneCore
import Postgres

/// Who is to review a task.
public struct ReviewPlan: Sendable, Hashable, Decodable {
    public var taskID: TaskID
    /// Those that owe a review, by id; none when the task is not reviewed.
    public var reviewers: [AgentID]
    /// One over the chance that such a task is reviewed.
    public var samplingWeight: Double

    public init(taskID: TaskID, reviewers: [AgentID], samplingWeight: Double = 1) {
        self.taskID = taskID
        self.reviewers = reviewers
        self.samplingWeight = samplingWeight
    }
}

/// What must be known of a scored task to say who reviews it.
public struct ReviewSubject: Sendable, Decodable {
    public var taskID: TaskID
    public var agentID: AgentID
    /// The last one a person gave.
    public var userRating: Int?
}

extension Reviews {
    /// Those of these tasks that have scores.
    public func subjects(_ ids: [TaskID]) async throws -> [TaskID: ReviewSubject] {
        guard !ids.isEmpty else { return [:] }
        let rows = try await executor.query(
            """
            select task_id as "taskID", agent_id as "agentID", user_rating from agent_performance_scores
            where task_id = any(\(ids)::uuid[])
            """, as: ReviewSubject.self)
        return Dictionary(rows.map { ($0.taskID, $0) }) { first, _ in first }
    }

    /// Puts plans on record, each task's first; returns what stands for every task of `plans`.
    ///
    /// A plan of `revising` that let the task go, or took it by chance, gives way to the new one: the task is reviewed for
    /// certain now, and its reviews weigh accordingly.
    public func plan(_ plans: [ReviewPlan], revising: Set<TaskID> = []) async throws -> [TaskID: ReviewPlan] {
        let rows = plans.uniqued(by: \.taskID)
        guard !rows.isEmpty else { return [:] }
        if !revising.isEmpty { try await weighAsCertain(rows.map(\.taskID).filter(revising.contains)) }
        let written = try await write(rows, revising: revising)
        let fresh = Dictionary(written.map { ($0.taskID, $0) }) { first, _ in first }
        let known = try await self.plans(of: rows.map(\.taskID).filter { fresh[$0] == nil })
        return known.merging(fresh) { known, _ in known }
    }

    private func write(_ rows: [ReviewPlan], revising: Set<TaskID>) async throws -> [ReviewPlan] {
        try await executor.query(
            """
            insert into review_plans as plan (task_id, reviewers, sampling_weight)
            select task_id, reviewers::text[], weight
            from unnest(
                \(rows.map(\.taskID))::uuid[], \(rows.map { ArrayText($0.reviewers) })::text[],
                \(rows.map(\.samplingWeight))::double precision[]
            ) as draft (task_id, reviewers, weight)
            order by task_id
            on conflict (task_id) do update
            set reviewers = excluded.reviewers, sampling_weight = excluded.sampling_weight, planned_at = now()
            where plan.task_id = any(\(Array(revising))::uuid[])
                and cardinality(plan.reviewers) = 0 and cardinality(plan.absent) = 0
            returning task_id as "taskID", reviewers, sampling_weight
            """, as: ReviewPlan.self)
    }

    private func weighAsCertain(_ tasks: [TaskID]) async throws {
        try await executor.run(
            """
            with plans as (
                update review_plans set sampling_weight = 1
                where task_id = any(\(tasks)::uuid[]) and sampling_weight > 1)
            update agent_peer_evaluations set sampling_weight = 1
            where task_id = any(\(tasks)::uuid[]) and sampling_weight > 1
            """)
    }

    /// Those of these tasks that have a score, and a plan which would be another one had it been known that they are
    /// disputed: nobody reviews them, or they are reviewed by chance.
    public func tasksToReconsider(among tasks: [TaskID]) async throws -> [TaskID] {
        guard !tasks.isEmpty else { return [] }
        return try await executor.query(
            """
            select plan.task_id from review_plans as plan
            join agent_performance_scores as score on score.task_id = plan.task_id
            where plan.task_id = any(\(tasks)::uuid[])
                and (plan.sampling_weight > 1 or cardinality(plan.reviewers) = 0 and cardinality(plan.absent) = 0)
            order by plan.task_id
            """, as: TaskID.self)
    }

    /// The plans of these tasks, where there are any.
    public func plans(of tasks: [TaskID]) async throws -> [TaskID: ReviewPlan] {
        guard !tasks.isEmpty else { return [:] }
        let rows = try await executor.query(
            """
            select task_id as "taskID", reviewers, sampling_weight from review_plans
            where task_id = any(\(tasks)::uuid[])
            """, as: ReviewPlan.self)
        return Dictionary(rows.map { ($0.taskID, $0) }) { first, _ in first }
    }

    /// Releases a reviewer that cannot be had from its review of a task.
    public func excuse(_ reviewer: AgentID, from task: TaskID) async throws {
        try await executor.run(
            """
            update review_plans
            set reviewers = array_remove(reviewers, \(reviewer)::text), absent = absent || \(reviewer)::text
            where task_id = \(task)::uuid and \(reviewer)::text = any(reviewers)
            """)
    }
}
