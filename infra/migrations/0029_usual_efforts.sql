-- What tasks usually cost and take, as one of all processes last worked it out from a month of scores: the others read it.
create table usual_efforts (
    single boolean primary key default true check (single),
    efforts jsonb not null,
    made_at timestamptz not null default now()
);
