-- How hard tasks were is told apart, 0 where nobody said: what was counted before stays there until the hourly recount puts
-- it in its place.
alter table statistics_cells
    add column complexity smallint not null default 0 check (complexity between 0 and 5),
    drop constraint statistics_cells_pkey,
    add primary key (agent_id, category, complexity, model, day);

-- What the board says of its own doubt.
alter table agent_performance_stats
    -- Completed tasks about whose quality nobody could say anything; they are in no mean.
    add column unknown_tasks bigint not null default 0 check (unknown_tasks >= 0),
    add column cost_band_low integer,
    add column cost_band_high integer,
    -- Of the first only: how many more verdicts could end that.
    add column flips_to_lose_first integer check (flips_to_lose_first > 0);

-- In a new form from the next board on, which comes within a minute.
update agent_performance_stats set category_performance = '{}', model_performance = '{}';
