import Postgres

extension Budgets {
    /// Raises an alert for each of the day's budgets that has reached 80 % of its cap, and another for 100 %, or a call
    /// refused; each once per budget and cap. Clears those of other days, and those that a higher cap has made untrue.
    /// Returns how many were raised.
    public func watch(_ day: String) async throws -> Int {
        try await clear(day)
        return try await executor.run(
            """
            insert into alerts (id, kind, subject, severity, message, details)
            select gen_random_uuid(), 'budget', reached.subject, reached.severity, reached.message,
                jsonb_build_object(
                    'scope', reached.scope, 'scope_id', reached.scope_id, 'percent', reached.percent,
                    'cap_micro_usd', reached.cap_micro_usd, 'spent_micro_usd', reached.spent_micro_usd,
                    'reserved_micro_usd', reached.reserved_micro_usd, 'refused', reached.refused)
            from (
                select budget.*, mark.percent, budget.scope || ' ' || budget.scope_id || ' ' || mark.percent || '%' as subject,
                    case mark.percent when 100 then 'critical' else 'warning' end as severity,
                    case mark.percent when 100 then 'the budget of ' else '80 % of the budget of ' end
                        || case budget.scope when 'agent' then 'agent ' else '' end || budget.scope_id
                        || case mark.percent when 100 then ' is used up: model calls are refused until the next day (UTC)'
                            else ' are spent' end as message
                from budgets as budget cross join (values (80), (100)) as mark (percent)
                where (budget.scope = 'day' and budget.scope_id = \(day)::text
                        or budget.scope = 'agent' and budget.scope_id like '%/' || \(day)::text)
                    and (budget.spent_micro_usd * 100 >= budget.cap_micro_usd * mark.percent or budget.refused > 0)
            ) as reached
            where not exists (
                select from alerts as known where known.kind = 'budget' and known.subject = reached.subject
                    and (known.cleared_at is null
                        or (known.details ->> 'cap_micro_usd')::bigint >= reached.cap_micro_usd))
            on conflict do nothing
            """)
    }

    /// Those of other days, and those whose budget has room again because somebody raised its cap.
    private func clear(_ day: String) async throws {
        try await executor.run(
            """
            update alerts set cleared_at = now()
            where kind = 'budget' and cleared_at is null and details ->> 'scope' in ('day', 'agent') and not exists (
                select from budgets as budget
                where budget.scope = alerts.details ->> 'scope' and budget.scope_id = alerts.details ->> 'scope_id'
                    and (budget.scope_id = \(day)::text or budget.scope_id like '%/' || \(day)::text)
                    and budget.cap_micro_usd <= (alerts.details ->> 'cap_micro_usd')::bigint)
            """)
    }
}
