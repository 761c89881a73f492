create table agent_performance_scores (
    task_id uuid primary key references agent_tasks (id),
    agent_id text not null references agents (id),
    attempt integer not null,
    prompt_id uuid,
    objective_category text,
    task_complexity integer check (task_complexity between 1 and 5),
    -- Null is unknown, which is never counted as 0.
    accuracy_score double precision check (accuracy_score between 0 and 1),
    relevance_score double precision check (relevance_score between 0 and 1),
    completeness_score double precision check (completeness_score between 0 and 1),
    efficiency_score double precision check (efficiency_score between 0 and 1),
    overall_score double precision check (overall_score between 0 and 1),
    weights jsonb not null,
    formula_version integer not null default 1,
    passed boolean,
    feedback text,
    evaluator_kind text not null check (evaluator_kind in ('check', 'judge', 'none')),
    evaluator_model text,
    -- True while a judge's verdict is still to come.
    awaits_judgement boolean not null default false,
    user_rating integer check (user_rating between 1 and 5),
    user_feedback text,
    user_id text,
    total_tokens bigint not null default 0 check (total_tokens >= 0),
    cost_micro_usd bigint check (cost_micro_usd >= 0),
    cost_per_quality_point double precision check (cost_per_quality_point >= 0),
    model_used text,
    temperature double precision,
    duration_seconds double precision not null check (duration_seconds >= 0),
    experiment_id uuid,
    created_at timestamptz not null default now(),
    judged_at timestamptz
) with (fillfactor = 90);

create index agent_performance_scores_agent on agent_performance_scores (agent_id, created_at);
-- A few pages for any size of table: trailing medians read the last thirty days through it.
create index agent_performance_scores_time on agent_performance_scores using brin (created_at);

create table judgements (
    id uuid primary key,
    task_id uuid not null references agent_tasks (id),
    model text not null,
    purpose text not null check (purpose in ('score', 'calibration', 'repeat')),
    accuracy_score double precision check (accuracy_score between 0 and 1),
    relevance_score double precision check (relevance_score between 0 and 1),
    completeness_score double precision check (completeness_score between 0 and 1),
    reason text not null default '',
    -- The judge could not say, or did not answer in the form that was asked for.
    unknown boolean not null,
    input_tokens bigint not null default 0 check (input_tokens >= 0),
    output_tokens bigint not null default 0 check (output_tokens >= 0),
    cost_micro_usd bigint check (cost_micro_usd >= 0),
    duration_seconds double precision not null default 0 check (duration_seconds >= 0),
    created_at timestamptz not null default now(),
    check (unknown = (accuracy_score is null and relevance_score is null and completeness_score is null))
);

create index judgements_task on judgements (task_id);
-- One verdict decides a score, however often its request was delivered.
create unique index judgements_one_score on judgements (task_id) where purpose = 'score';

create table agent_peer_evaluations (
    task_id uuid not null references agent_tasks (id),
    evaluated_agent_id text not null references agents (id),
    evaluator_agent_id text not null references agents (id),
    evaluation_score double precision check (evaluation_score between 0 and 1),
    evaluation_feedback text not null default '',
    evaluation_criteria jsonb not null default '{}',
    unknown boolean not null,
    -- One over the chance that this task was sampled, so that means stay unbiased.
    sampling_weight double precision not null default 1 check (sampling_weight >= 1),
    model text,
    input_tokens bigint not null default 0 check (input_tokens >= 0),
    output_tokens bigint not null default 0 check (output_tokens >= 0),
    cost_micro_usd bigint check (cost_micro_usd >= 0),
    duration_seconds double precision not null default 0 check (duration_seconds >= 0),
    created_at timestamptz not null default now(),
    primary key (task_id, evaluated_agent_id, evaluator_agent_id),
    check (evaluated_agent_id <> evaluator_agent_id),
    check (unknown = (evaluation_score is null))
);

create index agent_peer_evaluations_evaluator on agent_peer_evaluations (evaluator_agent_id, created_at);

create table user_feedback (
    id uuid primary key,
    task_id uuid not null references agent_tasks (id),
    rating integer not null check (rating between 1 and 5),
    -- As given, where it was given on the scale from 1 to 10.
    original_score integer check (original_score between 1 and 10),
    comment text,
    user_id text,
    tags text[] not null default '{}',
    created_at timestamptz not null default now()
);

create index user_feedback_task on user_feedback (task_id, created_at);
