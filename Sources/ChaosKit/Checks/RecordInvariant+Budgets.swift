import Postgres

extension RecordInvariant {
    static let budgets = [
        RecordInvariant(
            "no budget is over its cap", .wrong,
            """
            select format('%s %s: %s spent and %s reserved of %s', scope, scope_id, spent_micro_usd, reserved_micro_usd,
                cap_micro_usd)
            from budgets where spent_micro_usd + reserved_micro_usd > cap_micro_usd
            """),
        RecordInvariant(
            "every transfer of the budget ledger balances", .wrong,
            """
            select format('%s of %s: %s', transfer_id, budget_id, sum(amount_micro_usd))
            from budget_ledger group by transfer_id, budget_id having sum(amount_micro_usd) <> 0
            """),
        RecordInvariant(
            "budgets are the sums of their ledger", .wrong,
            """
            select format('%s %s: (%s, %s), the ledger (%s, %s)', scope, scope_id, reserved_micro_usd, spent_micro_usd,
                entries.reserved, entries.spent)
            from budgets cross join lateral (
                select coalesce(sum(amount_micro_usd) filter (where account = 'reserved'), 0) as reserved,
                    coalesce(sum(amount_micro_usd) filter (where account = 'spent'), 0) as spent
                from budget_ledger where budget_id = budgets.id) as entries
            where (reserved_micro_usd, spent_micro_usd) is distinct from (entries.reserved, entries.spent)
            """),
        RecordInvariant(
            "no reservation is older than its call can be", .wrong,
            """
            select format('%s for %s: %s, since %s', id, purpose, reserved_micro_usd, created_at)
            from model_calls where status = 'open' and created_at < now() - interval '6 minutes'
            """),
    ]
}
