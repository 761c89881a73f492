public import Foundation
import Postgres

extension Reconciler {
    /// Compares the next causes of a hop, those dated up to `until`, with their effects. What lacks its effect is noted
    /// and returned; with `patiently` not yet, where the effect may be some messages away.
    public func discover(_ hop: Hop, until: Date, patiently: Bool) async throws -> Discoveries {
        let page = try await executor.first(
            """
            with page as materialized (\(fragment: Self.source(hop, until))), found as (
                insert into republications (hop, task_id, times)
                select \(hop)::text, task_id,
                    case when held or (patient and \(patiently)::boolean) then 0 else 1 end
                from (\(fragment: Self.missing(hop, of: Self.tasksOfPage))) as missing
                on conflict do nothing
                returning task_id, times
            ), moved as (
                update reconciler_marks
                set passed = greatest(
                    passed,
                    case when (select count(*) from page) < 1000 then \(until)::timestamptz
                        else (select max(at) from page) end)
                where hop = \(hop)::text
            )
            select (select count(*) from page) >= 1000 as "isFull",
                coalesce(array_agg(task_id) filter (where times > 0), '{}') as tasks
            from found
            """, as: Discoveries.self)
        return page ?? Discoveries(isFull: false, tasks: [])
    }

    /// Looks again at what was noted: forgets what has its effect by now, and returns what is to be published again.
    public func reconsider(_ hop: Hop, _ horizon: Horizon) async throws -> Discoveries {
        let page = try await executor.first(
            """
            with page as materialized (\(fragment: Self.page(hop, horizon))), missing as (\(fragment: Self.missing(hop, of: Self.tasksOfPage))), settled as (
                delete from republications
                where hop = \(hop)::text
                    and task_id in (select task_id from page except select task_id from missing)
            ), again as (
                update republications as again
                set published_at = now(), times = again.times + (not missing.held)::integer
                from missing
                where again.hop = \(hop)::text and again.task_id = missing.task_id
                returning again.task_id, missing.held
            )
            select (select count(*) from page) >= 1000 as "isFull",
                coalesce(array_agg(task_id) filter (where not held), '{}') as tasks
            from again
            """, as: Discoveries.self)
        return page ?? Discoveries(isFull: false, tasks: [])
    }

    private static func page(_ hop: Hop, _ horizon: Horizon) -> SQL {
        """
        select task_id from republications
        where hop = \(hop)::text
            and (published_at < \(horizon.lost)::timestamptz
                or published_at < \(horizon.passed)::timestamptz
                    - \(horizon.seconds)::double precision * interval '1 second' * (2 ^ least(times, 7) - 1))
        order by published_at limit 1000
        """
    }

    private static let tasksOfPage: SQL = "select task_id from page"
}
