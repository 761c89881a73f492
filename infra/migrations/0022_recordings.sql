-- What models answered, for HONE_REPLAY. Addressed by content: by the hash of what the model was told, and within that
-- by who asked and how often, so that equal requests may have different answers.
create table recorded_calls (
    id bigint generated always as identity primary key,
    request_hash text not null check (request_hash ~ '^[0-9a-f]{64}$'),
    -- task, judge, review, …
    purpose text not null,
    -- The piece of work that asked: the same in every run of it.
    work text not null,
    ordinal integer not null check (ordinal >= 0),
    model text not null,
    request jsonb not null,
    outcome jsonb not null,
    is_fault boolean not null,
    recorded_at timestamptz not null default now(),
    unique (request_hash, purpose, work, ordinal)
);

create index recorded_calls_time on recorded_calls (recorded_at);

-- What else a run took from outside: how long its steps took, and what had been learned by then.
create table recorded_circumstances (
    kind text not null,
    subject text not null,
    value jsonb not null,
    recorded_at timestamptz not null default now(),
    primary key (kind, subject)
);
