-- What an evaluation was asked to do, so that whoever finishes it knows. Which case is which task is in
-- experiment_results.
alter table evaluations
    add column split text check (split in ('train', 'validation', 'holdout')),
    add column cases integer not null default 0 check (cases >= 0),
    -- Takes effect when it is completed: a baseline that is still running compares with nothing.
    add column wanted_kind text not null default 'regular' check (wanted_kind in ('regular', 'baseline', 'optimized')),
    add column requested_by text not null default '',
    add column error_message text;

create index evaluations_running on evaluations (created_at) where status = 'running';

-- Tables that only grow are read by their end: a few pages for any size of table.
create index agent_tasks_finished on agent_tasks using brin (finished_at) where finished_at is not null;
create index executions_created on executions using brin (created_at);
