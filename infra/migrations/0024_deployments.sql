-- How a prompt came into production, or was tried on a share of its agent's tasks first, and what became of it.
create table deployments (
    id uuid primary key,
    agent_id text not null references agents (id),
    prompt_id uuid not null references prompts (id),
    -- What it takes the place of; null where there was nothing.
    baseline_prompt_id uuid references prompts (id),
    optimization_id uuid references optimizations (id),
    -- The gate that speaks for it, where there is one.
    gate_experiment_id uuid references experiments (id),
    -- Whether that gate proved it better than the baseline, than an earlier one, or there was none.
    proof text not null check (proof in ('proved', 'stale', 'unproved')),
    status text not null check (status in ('canary', 'watching', 'settled', 'rolled_back', 'superseded')),
    -- Of the agent's tasks; 1 in production.
    share double precision not null check (share > 0 and share <= 1),
    -- How it compares with the baseline on the agent's own work, as of the last look.
    figures jsonb,
    -- The agent's benchmark with both prompts, after the deployment.
    baseline_evaluation_id uuid references evaluations (id),
    evaluation_id uuid references evaluations (id),
    -- Why there is no such evaluation.
    evaluation_note text,
    actor text not null,
    reason text not null default '',
    created_at timestamptz not null default now(),
    -- Since when it has all tasks; null for a canary that never had.
    promoted_at timestamptz,
    ended_at timestamptz,
    end_reason text,
    check ((ended_at is null) = (status in ('canary', 'watching'))),
    check (status <> 'canary' or promoted_at is null and baseline_prompt_id is not null),
    check (status not in ('watching', 'settled') or promoted_at is not null)
);

create unique index one_canary_per_agent on deployments (agent_id) where status = 'canary';
create unique index one_watched_deployment_per_agent on deployments (agent_id) where status = 'watching';
create index deployments_agent on deployments (agent_id, created_at);
create index deployments_prompt on deployments (prompt_id);
create index deployments_unevaluated on deployments (promoted_at)
    where promoted_at is not null and evaluation_id is null and evaluation_note is null;

-- What spoke for a prompt when a person moved it; null for moves that need nothing.
alter table prompt_transitions
    add column proof text check (proof in ('proved', 'stale', 'unproved'));

alter table alerts drop constraint alerts_kind_check;
alter table alerts add constraint alerts_kind_check check (
    kind in ('quality_drop', 'cost_spike', 'failure_rate', 'backlog', 'budget', 'service', 'prompt_regression'));
