create table alerts (
    id uuid primary key,
    kind text not null check (kind in ('quality_drop', 'cost_spike', 'failure_rate', 'backlog', 'budget', 'service')),
    subject text not null,
    severity text not null default 'warning' check (severity in ('info', 'warning', 'critical')),
    message text not null,
    details jsonb not null default '{}',
    raised_at timestamptz not null default now(),
    cleared_at timestamptz
);

-- An alert is raised once, until it is cleared.
create unique index one_open_alert on alerts (kind, subject) where cleared_at is null;

create table audit_log (
    id bigint generated always as identity primary key,
    actor text not null,
    action text not null,
    subject_kind text not null,
    subject_id text not null,
    details jsonb not null default '{}',
    created_at timestamptz not null default now()
);

create index audit_log_subject on audit_log (subject_kind, subject_id, id);

create trigger audit_log_is_appended before update or delete on audit_log
    for each row execute function refuse_change();

create table api_keys (
    id uuid primary key,
    name text not null default '',
    role text not null check (role in ('viewer', 'publisher', 'operator', 'approver', 'admin')),
    -- Only a salted hash of the key is kept; the prefix lets people recognise theirs.
    prefix text not null,
    salt bytea not null,
    hash bytea not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
);

create index api_keys_prefix on api_keys (prefix) where revoked_at is null;

create table system_logs (
    id bigint generated always as identity primary key,
    -- The record's message id: a line that is delivered twice is kept once.
    record_id uuid not null unique,
    "timestamp" timestamptz not null,
    level text not null check (level in ('trace', 'debug', 'info', 'notice', 'warning', 'error', 'critical')),
    source text not null,
    message text not null,
    trace_id text,
    message_id text,
    task_id text,
    details jsonb not null default '{}'
);

create index system_logs_time on system_logs ("timestamp");
