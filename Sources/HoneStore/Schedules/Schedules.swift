public import Foundation
public import HoneCore
import Postgres

/// `optimization_schedules`.
public struct Schedules: Sendable {
    let executor: any SQLExecutor

    private static let everySchedule: SQL = """
        select schedule.id, schedule.agent_id as "agentID", benchmark_id as "benchmarkID", algorithm, auto, params, budget,
            recurrence, next_due, last_due, last_optimization_id as "lastOptimizationID", last_refusal, created_by,
            schedule.created_at
        from optimization_schedules as schedule
        """

    public func add(_ new: NewSchedule) async throws {
        try await executor.run(
            """
            insert into optimization_schedules (
                id, agent_id, benchmark_id, algorithm, auto, params, budget, recurrence, next_due, created_by, created_at)
            values (
                \(new.id)::uuid, \(new.agentID)::text, \(new.benchmarkID)::text, \(new.algorithm)::text,
                \(new.auto)::text, \(JSONText(new.params))::jsonb, \(JSONText(new.budget))::jsonb,
                \(new.recurrence.storable)::text, \(new.nextDue)::timestamptz, \(new.createdBy.storable)::text,
                \(new.createdAt)::timestamptz)
            """)
    }

    /// All, the next one due first.
    public func all() async throws -> [ScheduleRecord] {
        try await executor.query(
            """
            \(fragment: Self.everySchedule) order by next_due, schedule.id
            """, as: ScheduleRecord.self)
    }

    /// Takes one away; returns what it was, nil when there is none.
    public func remove(_ id: ScheduleID) async throws -> ScheduleRecord? {
        try await executor.first(
            """
            delete from optimization_schedules where id = \(id)::uuid
            returning id, agent_id as "agentID", benchmark_id as "benchmarkID", algorithm, auto, params, budget,
                recurrence, next_due, last_due, last_optimization_id as "lastOptimizationID", last_refusal, created_by,
                created_at
            """, as: ScheduleRecord.self)
    }

    /// Those that are due, held until the transaction ends; what another transaction holds is left to it. Agents that are
    /// being optimized keep theirs waiting.
    public func takeDue(at time: Date, limit: Int = 64) async throws -> [ScheduleRecord] {
        try await executor.query(
            """
            \(fragment: Self.everySchedule)
            where next_due <= \(time)::timestamptz
                and not exists (
                    select from optimizations
                    where optimizations.agent_id = schedule.agent_id and status in ('queued', 'running'))
            order by next_due, schedule.id limit \(limit)::bigint
            for update of schedule skip locked
            """, as: ScheduleRecord.self)
    }

    /// It has fired for `due`, and is due again at `next`.
    public func moveOn(_ id: ScheduleID, from due: Date, to next: Date, by optimization: OptimizationID?) async throws {
        try await executor.run(
            """
            update optimization_schedules
            set last_due = \(due)::timestamptz, next_due = \(next)::timestamptz,
                last_optimization_id = \(optimization)::uuid, last_refusal = null
            where id = \(id)::uuid
            """)
    }

    /// It could not fire, and is tried again at `next`.
    public func refuse(_ id: ScheduleID, until next: Date, because reason: String) async throws {
        try await executor.run(
            """
            update optimization_schedules
            set next_due = \(next)::timestamptz, last_refusal = \(reason.storable)::text
            where id = \(id)::uuid
            """)
    }
}
