create table benchmarks (
    id text primary key,
    category text not null,
    description text not null default '',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table benchmark_cases (
    benchmark_id text not null references benchmarks (id) on delete cascade,
    id text not null,
    input jsonb not null,
    expected jsonb,
    split text not null check (split in ('train', 'validation', 'holdout')),
    control boolean not null default false,
    created_at timestamptz not null default now(),
    primary key (benchmark_id, id)
);

create index benchmark_cases_split on benchmark_cases (benchmark_id, split);

create table optimizations (
    id uuid primary key,
    agent_id text not null references agents (id),
    benchmark_id text references benchmarks (id),
    algorithm text not null check (algorithm in ('gepa', 'mipro', 'nsga2')),
    auto text not null default 'medium' check (auto in ('light', 'medium', 'heavy')),
    status text not null default 'queued'
        check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
    params jsonb not null default '{}',
    budget jsonb not null default '{}',
    seed bigint not null,
    -- The search's whole state after its last step, so that it survives its process.
    state jsonb,
    -- Gains per objective with their intervals; the share of improvement is derived from them.
    improvement jsonb,
    best_prompt_id uuid references prompts (id),
    spent_micro_usd bigint not null default 0 check (spent_micro_usd >= 0),
    error_code text,
    error_message text,
    requested_by text not null default '',
    created_at timestamptz not null default now(),
    started_at timestamptz,
    completed_at timestamptz
);

create index optimizations_agent on optimizations (agent_id, created_at);

create table experiments (
    id uuid primary key,
    optimization_id uuid references optimizations (id),
    prompt_id uuid not null references prompts (id),
    baseline_prompt_id uuid references prompts (id),
    benchmark_id text references benchmarks (id),
    kind text not null default 'trial' check (kind in ('trial', 'validation', 'gate', 'canary', 'evaluation')),
    status text not null default 'running'
        check (status in ('running', 'completed', 'inconclusive', 'failed', 'cancelled')),
    seed bigint not null default 0,
    -- Success, cost and latency with their errors, once decided.
    results jsonb,
    created_at timestamptz not null default now(),
    completed_at timestamptz
);

create index experiments_prompt on experiments (prompt_id);
create index experiments_optimization on experiments (optimization_id);

create table experiment_results (
    experiment_id uuid not null references experiments (id),
    benchmark_id text not null,
    case_id text not null,
    prompt_id uuid not null references prompts (id),
    repetition integer not null default 0 check (repetition >= 0),
    task_id uuid references agent_tasks (id),
    passed boolean,
    score double precision check (score between 0 and 1),
    cost_micro_usd bigint check (cost_micro_usd >= 0),
    duration_seconds double precision check (duration_seconds >= 0),
    created_at timestamptz not null default now(),
    primary key (experiment_id, benchmark_id, case_id, prompt_id, repetition),
    foreign key (benchmark_id, case_id) references benchmark_cases (benchmark_id, id)
);

create index experiment_results_task on experiment_results (task_id);

create table evaluations (
    id uuid primary key,
    agent_id text not null references agents (id),
    prompt_id uuid references prompts (id),
    benchmark_id text references benchmarks (id),
    experiment_id uuid references experiments (id),
    -- One word instead of two flags that could contradict each other.
    kind text not null default 'regular' check (kind in ('regular', 'baseline', 'optimized')),
    status text not null default 'running' check (status in ('running', 'completed', 'failed', 'cancelled')),
    pass_rate double precision check (pass_rate between 0 and 1),
    avg_confidence double precision check (avg_confidence between 0 and 1),
    results jsonb,
    created_at timestamptz not null default now(),
    completed_at timestamptz
);

create index evaluations_agent on evaluations (agent_id, created_at);
create unique index one_baseline_per_agent_and_benchmark on evaluations (agent_id, benchmark_id)
    nulls not distinct where kind = 'baseline';

create table insights (
    id uuid primary key,
    type text not null,
    target text not null,
    description text not null,
    delta double precision not null,
    delta_low double precision,
    delta_high double precision,
    confidence double precision not null check (confidence between 0 and 1),
    validated boolean not null default false,
    embedding double precision[],
    embedding_model text,
    optimization_id uuid references optimizations (id),
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    check ((embedding is null) = (embedding_model is null))
);

create index insights_target on insights (target, created_at);

create table improvement_sessions (
    id uuid primary key,
    status text not null default 'running' check (status in ('running', 'completed', 'stopped', 'failed')),
    goals jsonb not null default '{}',
    progress jsonb not null default '{}',
    budget jsonb not null default '{}',
    stop_reason text,
    created_by text not null default '',
    created_at timestamptz not null default now(),
    ends_at timestamptz not null,
    finished_at timestamptz
);
