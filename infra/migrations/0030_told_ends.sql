-- When the end of a task without a result was seen on the bus. Where it was not, its publisher may not have heard of it,
-- and it is told again.
alter table agent_tasks add column told_at timestamptz;
update agent_tasks set told_at = finished_at where finished_at is not null and error_code is not null;
create index agent_tasks_untold on agent_tasks (finished_at)
    where finished_at is not null and error_code is not null and told_at is null;

alter table reconciler_marks drop constraint reconciler_marks_hop_check;
alter table reconciler_marks add constraint reconciler_marks_hop_check
    check (hop in ('score', 'failure', 'end', 'reward', 'plan', 'review', 'opinion'));
insert into reconciler_marks (hop) values ('end');

alter table republications drop constraint republications_hop_check;
alter table republications add constraint republications_hop_check
    check (hop in ('open', 'score', 'failure', 'end', 'reward', 'plan', 'review', 'opinion'));

-- Which life of the bus the reconciler saw last, and when. Replies of the moments before another one are sent again.
alter table reconciler_state add column incarnation text, add column seen_at timestamptz;
