-- Optimizations that somebody wants again and again.
create table optimization_schedules (
    id uuid primary key,
    agent_id text not null references agents (id),
    benchmark_id text not null references benchmarks (id),
    algorithm text not null check (algorithm in ('gepa', 'mipro', 'nsga2')),
    auto text not null default 'medium' check (auto in ('light', 'medium', 'heavy')),
    params jsonb not null default '{}',
    budget jsonb not null default '{}',
    -- An interval (6h, 7d) or five fields of cron, in UTC.
    recurrence text not null,
    next_due timestamptz not null,
    last_due timestamptz,
    last_optimization_id uuid references optimizations (id),
    created_by text not null default '',
    created_at timestamptz not null default now()
);

create index optimization_schedules_due on optimization_schedules (next_due);

-- What was found wrong with agents' last runs.
create table observations (
    id uuid primary key,
    agent_id text not null references agents (id),
    -- As a worker, or as a reviewer of others' work.
    role text not null check (role in ('worker', 'reviewer')),
    summary jsonb not null,
    benchmark_id text references benchmarks (id),
    -- Null where no benchmark is in the agent's category: what cannot be measured is not asked for.
    optimization_id uuid references optimizations (id),
    observed_at timestamptz not null default now(),
    check ((benchmark_id is null) = (optimization_id is null))
);

create index observations_agent on observations (agent_id, observed_at);

-- What an insight was found in, and how it was proved.
alter table insights
    add column category text,
    add column validation jsonb not null default '{}';

-- An optimization teaches one thing, however often it is told.
create unique index one_insight_per_optimization on insights (optimization_id) where optimization_id is not null;
create index insights_expiry on insights (expires_at) where expires_at is not null;

-- The optimizer is given its part of these.
select seal_holdout();
