-- What a search compares with, how far it is as it was last told, and why it ended.
alter table optimizations
    add column baseline_prompt_id uuid references prompts (id),
    add column progress jsonb,
    add column end_reason text,
    -- Grows with every step that is saved: whoever has lost a search cannot write over its successor.
    add column steps bigint not null default 0 check (steps >= 0);

-- Small: only what is under way.
create index optimizations_open on optimizations (agent_id, created_at) where status in ('queued', 'running');

-- A trial that broke down is tried again by another task; this one is the last.
alter table experiment_results
    add column tries integer not null default 1 check (tries > 0),
    add column error_code text,
    add column error_message text;
