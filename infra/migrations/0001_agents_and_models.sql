-- Prices change and old work keeps its old price: a change is a new row, never an update.
create table approved_models_provider (
    id text not null,
    provider text not null check (provider in ('openai', 'anthropic', 'echo')),
    model text not null,
    base_url text,
    api_key_env text,
    cost_per_1k_input double precision check (cost_per_1k_input >= 0),
    cost_per_1k_cached_input double precision check (cost_per_1k_cached_input >= 0),
    cost_per_1k_output double precision check (cost_per_1k_output >= 0),
    concurrency integer not null default 4 check (concurrency > 0),
    fallback text[] not null default '{}',
    retired boolean not null default false,
    valid_from timestamptz not null default now(),
    primary key (id, valid_from),
    -- A price is known whole or not at all.
    check ((cost_per_1k_input is null) = (cost_per_1k_output is null))
);

create view current_models as
select distinct on (id) *
from approved_models_provider
where valid_from <= now()
order by id, valid_from desc;

create table agents (
    id text primary key,
    nickname text not null,
    type text not null default 'llm'
        check (type in ('llm', 'openwebui', 'comfyui', 'phone_bot', 'webhook', 'superoptix', 'standalone')),
    roles text[] not null default '{worker}' check (roles <@ '{worker,reviewer}'),
    lifecycle text not null default 'live' check (lifecycle in ('dev', 'live', 'optimizing', 'error', 'retired')),
    activity text not null default 'idle' check (activity in ('idle', 'running', 'testing', 'evaluating')),
    specialization text[] not null default '{}',
    -- No foreign key: a model's id is not unique in its table. Null means the judge's model for a reviewer.
    model text,
    parameters jsonb not null default '{}',
    tools text[] not null default '{}',
    capacity integer not null default 4 check (capacity > 0),
    -- What a reviewer looks at: name of the criterion to the question it asks.
    review_criteria jsonb not null default '{}',
    vapi_assistant_id text,
    superspec_path text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table objective_templates (
    category text primary key,
    description text not null default '',
    evaluation_criteria jsonb not null default '{}',
    recommended_agents text[] not null default '{}',
    weights jsonb,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
