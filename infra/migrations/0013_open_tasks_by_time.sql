-- By agent, the index made every routing of a task a change to all of its indexes, and no question was answered by the
-- agent alone. When a task was created never changes.
drop index agent_tasks_open;
create index agent_tasks_open on agent_tasks (created_at) where finished_at is null;

-- Room for a second version of every row beside the first: a task that starts to run changes no index then. Vacuum has
-- the space back for later versions.
alter table agent_tasks set (fillfactor = 50);
