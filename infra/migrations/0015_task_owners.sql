-- The caller of the gateway whose task it is. Tasks that came by the streams have none.
alter table agent_tasks add column owner text;
create index agent_tasks_owner on agent_tasks (owner, created_at desc, id desc) where owner is not null;
