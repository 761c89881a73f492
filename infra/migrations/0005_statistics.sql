-- One row per task, rewritten when feedback or reviews arrive: what the agent earned, and what it could have earned.
create table rewards (
    task_id uuid primary key references agent_tasks (id),
    agent_id text not null references agents (id),
    reward bigint not null check (reward >= 0),
    penalty bigint not null check (penalty >= 0),
    points bigint not null generated always as (reward - penalty) stored,
    attainable bigint not null check (attainable >= 0),
    -- What the statistics hold of this task at present; a rewrite takes exactly this back first.
    counted_overall double precision check (counted_overall between 0 and 1),
    counted_passed boolean,
    counted_rating integer check (counted_rating between 1 and 5),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

-- The sum of the ledger per agent, moved by every write to it.
create table agent_points (
    agent_id text primary key references agents (id),
    points bigint not null,
    attainable bigint not null
);

-- Counters that only add up. All are whole numbers (scores and their squares in millionths), so that the order of events
-- cannot change a digit and a recount must find the very same numbers.
create table statistics_cells (
    agent_id text not null references agents (id),
    category text not null,
    -- Empty where no model was involved.
    model text not null,
    day date not null,
    count bigint not null,
    passed bigint not null,
    failed bigint not null,
    infrastructure_failures bigint not null,
    scored bigint not null,
    overall_sum bigint not null,
    overall_squares bigint not null,
    priced bigint not null,
    priced_overall_sum bigint not null,
    cost_micro_usd bigint not null,
    duration_milliseconds bigint not null,
    tokens bigint not null,
    ratings bigint not null,
    rating_sum bigint not null,
    primary key (agent_id, category, model, day)
);

-- What people and routers read: the standing of each agent, derived from the cells as a whole.
create table agent_performance_stats (
    agent_id text primary key references agents (id),
    nickname text not null,
    total_tasks bigint not null default 0 check (total_tasks >= 0),
    successful_tasks bigint not null default 0 check (successful_tasks >= 0),
    failed_tasks bigint not null default 0 check (failed_tasks >= 0),
    avg_overall_score double precision check (avg_overall_score between 0 and 1),
    avg_user_rating double precision check (avg_user_rating between 1 and 5),
    total_cost_micro_usd bigint not null default 0 check (total_cost_micro_usd >= 0),
    avg_cost_micro_usd double precision check (avg_cost_micro_usd >= 0),
    cost_per_quality_point double precision check (cost_per_quality_point >= 0),
    avg_duration_seconds double precision check (avg_duration_seconds >= 0),
    -- The shrunken estimate that ranks are made of, with its 95 % interval.
    quality double precision,
    quality_low double precision,
    quality_high double precision,
    trend text check (trend in ('up', 'down', 'stable')),
    badges text[] not null default '{}',
    category_performance jsonb not null default '{}',
    model_performance jsonb not null default '{}',
    overall_rank integer check (overall_rank > 0),
    rank_band_low integer,
    rank_band_high integer,
    cost_rank integer check (cost_rank > 0),
    category_ranks jsonb not null default '{}',
    points bigint not null default 0,
    attainable bigint not null default 0 check (attainable >= 0),
    last_updated timestamptz not null default now()
);
