public import Foundation
public import HoneCore
import Postgres

/// A person's rating of a task's result.
public struct FeedbackRecord: Sendable, Hashable, Decodable {
    /// The message that brought it.
    public var id: UUID
    public var taskID: TaskID
    /// One to five stars.
    public var rating: Int
    /// As given, on the scale of 1 to 10.
    public var originalScore: Int?
    public var comment: String?
    public var userID: String?
    public var tags: [String]
    /// The last one given stands. Nil means when it is stored.
    public var givenAt: Date?

    public init(
        id: UUID, taskID: TaskID, rating: Int, originalScore: Int? = nil, comment: String? = nil,
        userID: String? = nil, tags: [String] = [], givenAt: Date? = nil
    ) {
        self.id = id
        self.taskID = taskID
        self.rating = rating
        self.originalScore = originalScore
        self.comment = comment
        self.userID = userID
        self.tags = tags
        self.givenAt = givenAt
    }
}

/// What became of a batch of feedback.
public struct FeedbackInsertion: Sendable {
    public var inserted: Set<UUID>
    /// Tasks that are not on record; their feedback was not stored.
    public var unknownTasks: Set<TaskID>
}

/// `user_feedback`, and the last rating of each task in its scores.
public struct Feedback: Sendable {
    let executor: any SQLExecutor

    /// Stores feedback once, and the last of each task with its scores.
    public func insert(_ rows: [FeedbackRecord]) async throws -> FeedbackInsertion {
        guard !rows.isEmpty else { return FeedbackInsertion(inserted: [], unknownTasks: []) }
        let tasks = rows.map(\.taskID)
        let known = Set(
            try await executor.query(
                """
                select id from agent_tasks where id = any(\(tasks)::uuid[]) order by id for no key update
                """, as: TaskID.self))
        let inserted = try await write(rows)
        try await mirror(Array(known))
        return FeedbackInsertion(inserted: Set(inserted), unknownTasks: Set(tasks).subtracting(known))
    }

    private func write(_ rows: [FeedbackRecord]) async throws -> [UUID] {
        try await executor.query(
            """
            insert into user_feedback (id, task_id, rating, original_score, comment, user_id, tags, created_at)
            select feedback.id, task_id, rating, original_score, comment, feedback.user_id, tags::text[],
                coalesce(given_at, now())
            from unnest(
                \(rows.map(\.id))::uuid[], \(rows.map(\.taskID))::uuid[], \(rows.map(\.rating))::integer[],
                \(rows.map(\.originalScore))::integer[], \(rows.map(\.comment?.storable))::text[],
                \(rows.map(\.userID?.storable))::text[],
                \(rows.map { ArrayText($0.tags.map(\.storable)) })::text[], \(rows.map(\.givenAt))::timestamptz[]
            ) as feedback (id, task_id, rating, original_score, comment, user_id, tags, given_at)
            join agent_tasks as task on task.id = feedback.task_id
            order by feedback.id
            on conflict (id) do nothing
            returning id
            """, as: UUID.self)
    }

    /// Copies the last rating of each task to its scores, where both exist.
    public func mirror(_ tasks: [TaskID]) async throws {
        try await executor.run(
            """
            update agent_performance_scores as score
            set user_rating = last.rating, user_feedback = last.comment, user_id = last.user_id
            from (
                select distinct on (task_id) task_id, rating, comment, user_id from user_feedback
                where task_id = any(\(tasks)::uuid[]) order by task_id, created_at desc, id
            ) as last
            where score.task_id = last.task_id
                and (score.user_rating, score.user_feedback, score.user_id)
                    is distinct from (last.rating, last.comment, last.user_id)
            """)
    }

    /// All feedback on these tasks, oldest first.
    public func load(_ tasks: [TaskID]) async throws -> [FeedbackRecord] {
        try await executor.query(
            """
            select id, task_id as "taskID", rating, original_score, comment, user_id as "userID", tags,
                created_at as "givenAt"
            from user_feedback where task_id = any(\(tasks)::uuid[]) order by created_at, id
            """, as: FeedbackRecord.self)
    }
}
