create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are never changed or deleted', tg_table_name using errcode = 'restrict_violation';
end
$$;

-- A prompt never changes; where it stands is told by its transitions.
create table prompts (
    id uuid primary key,
    agent_id text not null references agents (id),
    -- What kind of agent it is written for; several agents may try prompts of one type.
    agent_type text not null,
    version text not null,
    template jsonb not null,
    content text not null generated always as (
        coalesce((template ->> 'system') || E'\n\n', '') || coalesce(template ->> 'user', '')) stored,
    -- What made it: apply, migration, or an operator of the optimizer with its seed and experiment.
    operator text not null default 'apply',
    seed bigint,
    experiment_id uuid,
    created_by text not null,
    created_at timestamptz not null default now(),
    unique (agent_id, version)
);

create trigger prompts_are_immutable before update or delete on prompts
    for each row execute function refuse_change();

create table prompt_parents (
    child_id uuid not null references prompts (id),
    parent_id uuid not null references prompts (id),
    role text not null default 'mutation' check (role in ('mutation', 'crossover', 'merge', 'copy')),
    ordinal smallint not null default 0,
    primary key (child_id, parent_id),
    check (child_id <> parent_id)
);

create index prompt_parents_parent on prompt_parents (parent_id);

create table prompt_transitions (
    id bigint generated always as identity primary key,
    prompt_id uuid not null references prompts (id),
    from_state text check (from_state in ('draft', 'experimental', 'candidate', 'production', 'archived')),
    to_state text not null check (to_state in ('draft', 'experimental', 'candidate', 'production', 'archived')),
    actor text not null,
    reason text not null default '',
    experiment_id uuid,
    created_at timestamptz not null default now(),
    check (from_state is distinct from to_state)
);

create index prompt_transitions_prompt on prompt_transitions (prompt_id, id);

create trigger prompt_transitions_are_appended before update or delete on prompt_transitions
    for each row execute function refuse_change();

-- The last transition of each prompt. Kept by the trigger below, so that it cannot disagree with the history.
create table prompt_states (
    prompt_id uuid primary key references prompts (id),
    agent_id text not null references agents (id),
    state text not null check (state in ('draft', 'experimental', 'candidate', 'production', 'archived')),
    since timestamptz not null
);

create unique index one_production_prompt_per_agent on prompt_states (agent_id) where state = 'production';
create index prompt_states_agent on prompt_states (agent_id, state);

create function follow_prompt_transition() returns trigger language plpgsql as $$
declare
    present text;
begin
    select state into present from prompt_states where prompt_id = new.prompt_id for update;
    if present is distinct from new.from_state then
        raise exception 'the prompt is % and cannot leave %', coalesce(present, 'new'), coalesce(new.from_state, 'new')
            using errcode = 'check_violation', constraint = 'prompt_transitions_follow_each_other';
    end if;
    insert into prompt_states (prompt_id, agent_id, state, since)
    select new.prompt_id, agent_id, new.to_state, new.created_at from prompts where id = new.prompt_id
    on conflict (prompt_id) do update set state = excluded.state, since = excluded.since;
    return null;
end
$$;

create trigger prompt_transitions_move_the_prompt after insert on prompt_transitions
    for each row execute function follow_prompt_transition();
