public import Foundation
public import HoneCore
import Postgres

/// A life of the bus as the reconciler saw it.
public struct SeenIncarnation: Sendable, Decodable {
    public var name: String
    /// When it was seen last, by the record's clock.
    public var seenAt: Date
}

extension Reconciler {
    /// The life of the bus that was seen last; nil before the first.
    public func incarnation() async throws -> SeenIncarnation? {
        try await executor.first(
            """
            select incarnation as name, seen_at from reconciler_state
            where incarnation is not null and seen_at is not null
            """, as: SeenIncarnation.self)
    }

    /// Notes that this one is seen now.
    public func note(incarnation: String) async throws {
        try await executor.run(
            """
            update reconciler_state set incarnation = \(incarnation)::text, seen_at = now()
            """)
    }

    /// Tasks whose publishers were to be told of a result, or an end, after `time`; at most `limit`, the latest first.
    public func answered(since time: Date, limit: Int) async throws -> [TaskID] {
        try await executor.query(
            """
            select id from (
                select task.id, score.scored_at as at
                from agent_performance_scores as score join agent_tasks as task on task.id = score.task_id
                where score.scored_at > \(time)::timestamptz and task.reply_to is not null
                union all
                select id, finished_at as at from agent_tasks
                where finished_at > \(time)::timestamptz and error_code is not null and reply_to is not null
            ) as answer
            order by at desc limit \(limit)::bigint
            """, as: TaskID.self)
    }
}
