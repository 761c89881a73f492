-- The truth may pass a cap: a model that ignores its limit, a cap that is lowered. So the cap keeps money from being set
-- aside, whoever races, and nothing else.
alter table budgets drop constraint budgets_check;

create function refuse_reservation_past_cap() returns trigger language plpgsql as $$
begin
    raise exception 'a reservation would pass the cap' using errcode = 'check_violation', constraint = 'budgets_cap';
end
$$;

create trigger budgets_cap before update of reserved_micro_usd on budgets
    for each row when (
        new.reserved_micro_usd > old.reserved_micro_usd
        and new.reserved_micro_usd + new.spent_micro_usd > new.cap_micro_usd)
    execute function refuse_reservation_past_cap();

create trigger budgets_first_cap before insert on budgets
    for each row when (
        new.reserved_micro_usd > 0 and new.reserved_micro_usd + new.spent_micro_usd > new.cap_micro_usd)
    execute function refuse_reservation_past_cap();

-- Calls that the cap kept from being made.
alter table budgets add column refused bigint not null default 0 check (refused >= 0);

-- A day's row is written by every call: room for its next version on its own page.
alter table budgets set (fillfactor = 50);

-- What may be spent each day (UTC), by everybody or by one agent.
create table spending_caps (
    scope text not null check (scope in ('day', 'agent')),
    -- An agent's id; empty for the cap on everything.
    subject text not null default '',
    daily_micro_usd bigint not null check (daily_micro_usd >= 0),
    updated_at timestamptz not null default now(),
    primary key (scope, subject),
    check ((scope = 'day') = (subject = ''))
);

-- What today has cost so far is asked when a cap is first kept.
create index judgements_created on judgements using brin (created_at);

-- A judge or a reviewer that no budget could pay is asked again on a later day (UTC).
alter table agent_performance_scores add column judgement_due date;
create index agent_performance_scores_judgement_due on agent_performance_scores (judgement_due)
    where awaits_judgement and judgement_due is not null;

alter table review_plans add column owed text[] not null default '{}', add column owed_from date;
create index review_plans_owed on review_plans (owed_from) where owed_from is not null;
