-- What a fast and a thrifty task of the category took when the row was first written: a row that is rewritten for a late
-- rating or review is measured against the same as before.
alter table rewards
    add column reference_cost_micro_usd bigint check (reference_cost_micro_usd >= 0),
    add column reference_duration_ms bigint check (reference_duration_ms >= 0);
