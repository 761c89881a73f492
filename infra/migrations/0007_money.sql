create table budgets (
    id uuid primary key,
    scope text not null check (scope in ('task', 'optimization', 'session', 'day', 'agent')),
    scope_id text not null,
    cap_micro_usd bigint not null check (cap_micro_usd >= 0),
    reserved_micro_usd bigint not null default 0 check (reserved_micro_usd >= 0),
    spent_micro_usd bigint not null default 0 check (spent_micro_usd >= 0),
    created_at timestamptz not null default now(),
    unique (scope, scope_id),
    -- The cap itself: a reservation that would pass it is refused, whoever races.
    check (reserved_micro_usd + spent_micro_usd <= cap_micro_usd)
);

create table model_calls (
    id uuid primary key,
    task_id uuid references agent_tasks (id),
    purpose text not null check (purpose in ('task', 'judge', 'review', 'reflection', 'check', 'embedding')),
    model text not null,
    request_hash text,
    input_tokens bigint not null default 0 check (input_tokens >= 0),
    cached_input_tokens bigint not null default 0 check (cached_input_tokens >= 0),
    output_tokens bigint not null default 0 check (output_tokens >= 0),
    reserved_micro_usd bigint not null default 0 check (reserved_micro_usd >= 0),
    cost_micro_usd bigint check (cost_micro_usd >= 0),
    status text not null default 'open' check (status in ('open', 'settled', 'failed', 'abandoned')),
    error_code text,
    created_at timestamptz not null default now(),
    settled_at timestamptz
);

create index model_calls_created on model_calls using brin (created_at);
create index model_calls_open on model_calls (created_at) where status = 'open';

-- Double entry: the entries of one transfer add up to zero, and no entry is ever changed.
create table budget_ledger (
    transfer_id uuid not null,
    account text not null check (account in ('available', 'reserved', 'spent')),
    budget_id uuid not null references budgets (id),
    amount_micro_usd bigint not null check (amount_micro_usd <> 0),
    model_call_id uuid references model_calls (id),
    created_at timestamptz not null default now(),
    primary key (transfer_id, budget_id, account)
);

create index budget_ledger_budget on budget_ledger (budget_id, created_at);

create trigger budget_ledger_is_appended before update or delete on budget_ledger
    for each row execute function refuse_change();

create function refuse_unbalanced_transfer() returns trigger language plpgsql as $$
begin
    if (select sum(amount_micro_usd) from budget_ledger
        where transfer_id = new.transfer_id and budget_id = new.budget_id) <> 0 then
        raise exception 'the entries of a transfer must add up to zero'
            using errcode = 'check_violation', constraint = 'budget_ledger_balances';
    end if;
    return null;
end
$$;

-- Deferred, because a transfer is whole only when its transaction ends.
create constraint trigger budget_ledger_balances after insert on budget_ledger
    deferrable initially deferred for each row execute function refuse_unbalanced_transfer();
