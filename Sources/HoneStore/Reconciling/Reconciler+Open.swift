public import Foundation
public import HoneCore
import Postgres

/// Until when a task that is not over must have moved for its message to be still under way.
public struct OpenHorizon: Sendable {
    public var submitted: Horizon
    public var failed: Horizon
    /// By priority, 0 to 9.
    public var assigned: [Horizon]
    /// Executors renew what they work on; since then one would have.
    public var silent: Date
    /// The present, for deadlines.
    public var now: Date

    public init(submitted: Horizon, failed: Horizon, assigned: [Horizon], silent: Date, now: Date) {
        self.submitted = submitted
        self.failed = failed
        self.assigned = assigned
        self.silent = silent
        self.now = now
    }
}

extension Reconciler {
    /// Open tasks whose messages are lost, and those whose deadline has passed, oldest first and at most `limit`. They
    /// count as published now.
    public func claimOpen(_ horizon: OpenHorizon, limit: Int) async throws -> [TaskID] {
        try await executor.query(
            """
            with standing as (
                select task.id, task.deadline, task.moved_at, task.status = 'running' as is_running,
                    greatest(task.moved_at, again.published_at) as since, coalesce(again.times, 0) as times,
                    case when task.attempt = 0 then \(horizon.submitted.passed)::timestamptz
                        when task.failed_attempt = task.attempt then \(horizon.failed.passed)::timestamptz
                        else (\(horizon.assigned.map(\.passed))::timestamptz[])[task.priority + 1] end as passed
                from agent_tasks as task
                left join republications as again on again.hop = 'open' and again.task_id = task.id
                where task.finished_at is null
            ), stalled as (
                select id from standing
                where (not is_running or moved_at < \(horizon.silent)::timestamptz)
                    and (since < \(horizon.submitted.lost)::timestamptz
                        or since < passed
                            - \(horizon.submitted.seconds)::double precision * interval '1 second'
                                * (2 ^ least(times, 7) - 1)
                        or deadline < \(horizon.now)::timestamptz)
                order by since limit \(limit)::bigint
            )
            insert into republications as again (hop, task_id, times) select 'open', id, 1 from stalled
            on conflict (hop, task_id) do update set published_at = now(), times = again.times + 1
            returning task_id
            """, as: TaskID.self)
    }

    /// Forgets open tasks that have moved on since their messages were published again, before `time`.
    public func forgetMoved(before time: Date) async throws {
        try await executor.run(
            """
            delete from republications as again using agent_tasks as task
            where again.hop = 'open' and again.published_at < \(time)::timestamptz and task.id = again.task_id
                and (task.finished_at is not null or task.moved_at > again.published_at)
            """)
    }
}
