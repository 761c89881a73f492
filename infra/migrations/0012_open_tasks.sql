-- With the list of open states as its condition, the planner took this index for every update of an open task by its id
-- and read all that was under way each time. What is under way has not finished: that says the same, and misleads nobody.
drop index agent_tasks_open;
create index agent_tasks_open on agent_tasks (agent_id) where finished_at is null;
