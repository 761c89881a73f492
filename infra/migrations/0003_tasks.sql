create table agent_tasks (
    id uuid primary key,
    -- The message that brought the task. Unique: the same message under another task id is still the same message.
    submission_id uuid not null unique,
    -- Of what was asked for, to tell a repetition from a contradiction.
    content_hash uuid not null,
    status text not null default 'submitted'
        check (status in ('submitted', 'routed', 'running', 'completed', 'failed', 'cancelled', 'expired')),
    category text,
    complexity integer check (complexity between 1 and 5),
    priority integer not null default 5 check (priority between 0 and 9),
    deadline timestamptz,
    input jsonb not null,
    constraints jsonb not null default '{}',
    expected jsonb,
    pin jsonb,
    metadata jsonb,
    unknown_fields jsonb,
    user_id text,
    session_id text,
    reply_to text,
    traceparent text,
    -- These two come from outside as well and may name what is not here: a wrong one must not stop a batch.
    experiment_id uuid,
    parent_task_id uuid,
    agent_id text references agents (id),
    prompt_id uuid,
    routing_decision_id uuid,
    -- The fencing token: results of any other attempt are refused.
    attempt integer not null default 0 check (attempt >= 0),
    -- The last attempt that is known to have failed; equal to `attempt` while the task waits for another agent.
    failed_attempt integer not null default 0 check (failed_attempt between 0 and attempt),
    output jsonb,
    error_code text,
    error_message text,
    created_at timestamptz not null default now(),
    moved_at timestamptz not null default now(),
    finished_at timestamptz,
    check ((finished_at is not null) = (status in ('completed', 'failed', 'cancelled', 'expired'))),
    check (status not in ('routed', 'running', 'completed') or (agent_id is not null and attempt > 0)),
    check (status <> 'completed' or output is not null),
    check (status <> 'failed' or error_code is not null)
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02);

create index agent_tasks_created on agent_tasks (created_at);
-- Small: only what is under way. The reconciler and the routers' in-flight counts read it.
create index agent_tasks_open on agent_tasks (agent_id) where status in ('submitted', 'routed', 'running');
create index agent_tasks_experiment on agent_tasks (experiment_id) where experiment_id is not null;

create table routing_decisions (
    id uuid not null,
    task_id uuid not null references agent_tasks (id),
    attempt integer not null check (attempt > 0),
    agent_id text not null,
    policy text not null check (policy in ('thompson', 'greedy', 'ucb', 'round_robin', 'pinned')),
    candidates text[] not null,
    scores double precision[] not null,
    propensities double precision[] not null,
    -- What the scores were made of: the features' names, and their values candidate by candidate in one row.
    feature_names text[] not null default '{}',
    features double precision[] not null default '{}',
    reason text not null default '',
    seed bigint not null,
    created_at timestamptz not null default now(),
    primary key (task_id, attempt),
    check (cardinality(candidates) = cardinality(scores)),
    check (cardinality(candidates) = cardinality(propensities)),
    check (cardinality(features) = cardinality(candidates) * cardinality(feature_names))
);

create index routing_decisions_created on routing_decisions (created_at);

create table executions (
    task_id uuid not null references agent_tasks (id),
    attempt integer not null check (attempt > 0),
    agent_id text not null references agents (id),
    -- Prompts are never deleted, so that a foreign key here would only cost.
    prompt_id uuid,
    model text,
    temperature double precision,
    input_tokens bigint not null default 0 check (input_tokens >= 0),
    cached_input_tokens bigint not null default 0 check (cached_input_tokens >= 0),
    output_tokens bigint not null default 0 check (output_tokens >= 0),
    llm_calls integer not null default 0 check (llm_calls >= 0),
    -- Null when the model's price is not known.
    cost_micro_usd bigint check (cost_micro_usd >= 0),
    latency_ms bigint not null check (latency_ms >= 0),
    duration_seconds double precision not null check (duration_seconds >= 0),
    time_to_first_token_seconds double precision check (time_to_first_token_seconds >= 0),
    finish_reason text,
    tool_calls jsonb,
    status text not null check (status in ('completed', 'failed')),
    error_code text,
    error_message text,
    retryable boolean,
    -- Whether the task as a whole failed with this attempt.
    final boolean not null default false,
    -- Whether a failed attempt is in the statistics already.
    counted boolean not null default false,
    created_at timestamptz not null default now(),
    primary key (task_id, attempt),
    check ((status = 'failed') = (error_code is not null))
) with (fillfactor = 95);

create index executions_agent on executions (agent_id, created_at);

create table agent_node_performance (
    task_id uuid not null,
    attempt integer not null,
    ordinal smallint not null,
    agent_id text not null,
    node_name text not null,
    execution_time_seconds double precision not null check (execution_time_seconds >= 0),
    tokens_used bigint not null default 0 check (tokens_used >= 0),
    success boolean not null,
    error_message text,
    output_quality_score double precision check (output_quality_score between 0 and 1),
    created_at timestamptz not null default now(),
    primary key (task_id, attempt, ordinal),
    foreign key (task_id, attempt) references executions (task_id, attempt)
);
