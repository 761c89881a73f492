-- What of a task the router said because its publisher did not. How likely the category is: null where the publisher gave
-- it, 0 where none was likely enough and the task is counted as general.
alter table agent_tasks
    add column category_confidence double precision check (category_confidence between 0 and 1),
    add column complexity_estimated boolean not null default false;
