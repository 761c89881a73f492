-- Answers to requests that came with an Idempotency-Key: the same request again gets the same answer, and does nothing.
create table idempotent_requests (
    caller text not null,
    key text not null,
    -- SHA-256 over method, path and body: another request under the same key is refused.
    request_hash bytea not null,
    -- Null while the first request is at work.
    status integer check (status between 200 and 599),
    headers jsonb not null default '{}',
    body bytea not null default '',
    created_at timestamptz not null default now(),
    primary key (caller, key)
);

create index idempotent_requests_age on idempotent_requests (created_at);
