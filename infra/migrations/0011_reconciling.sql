-- Who was to review each task, decided once. One row per evaluated task, written once: a foreign key would only cost.
create table review_plans (
    task_id uuid primary key,
    -- Agents that owe a review, in order; empty when the task is not reviewed.
    reviewers text[] not null,
    -- Those that could not be had in the end and owe nothing any more.
    absent text[] not null default '{}',
    sampling_weight double precision not null default 1 check (sampling_weight >= 1),
    planned_at timestamptz not null default now()
);

create index review_plans_due on review_plans (planned_at) where cardinality(reviewers) > 0;

-- When the row was written: `created_at` is when the work ended.
alter table agent_performance_scores add column scored_at timestamptz not null default now();
create index agent_performance_scores_scored on agent_performance_scores (scored_at);

-- How many reviews that could say something the row was last made with; fewer than there are means one is to be counted.
alter table rewards add column counted_opinions integer not null default 0 check (counted_opinions >= 0);

-- What the reconciler has seen: the bus it knew last, and the time before which everything on an earlier one was lost.
create table reconciler_state (
    single boolean primary key default true check (single),
    epoch text not null,
    lost_before timestamptz
);

-- Up to where each hop's causes were compared with their effects. Older rows are never looked at again.
create table reconciler_marks (
    hop text primary key check (hop in ('score', 'failure', 'reward', 'plan', 'review', 'opinion')),
    passed timestamptz not null default now()
);

insert into reconciler_marks (hop) values ('score'), ('failure'), ('reward'), ('plan'), ('review'), ('opinion');

-- What was found without its effect, until the effect is there. `times` is 0 while it is only watched.
create table republications (
    hop text not null check (hop in ('open', 'score', 'failure', 'reward', 'plan', 'review', 'opinion')),
    task_id uuid not null,
    published_at timestamptz not null default now(),
    times integer not null default 0,
    primary key (hop, task_id)
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02);

create index republications_order on republications (hop, published_at);
