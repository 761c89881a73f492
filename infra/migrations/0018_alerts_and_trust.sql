-- Pages of alerts, the newest first.
create index alerts_raised on alerts (raised_at, id);

-- Alerts look at the last sixty days of all agents, every minute.
create index statistics_cells_day on statistics_cells (day);

-- How far each reviewer was trusted when its review first counted: a row that is rewritten for a late rating weighs the
-- reviews as before.
alter table rewards add column trust jsonb;
