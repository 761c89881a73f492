-- Makes every finished task :copies more, with all its rows: psql -v copies=9 -f multiply.sql
-- Copy number n is n days older than its original, and the counters grow along, so that a recount finds nothing amiss.
-- Only while no task is under way.
\set ON_ERROR_STOP on
set synchronous_commit = off;
set work_mem = '128MB';
set client_min_messages = warning;

begin;
select set_config('bench.copies', :'copies', true);
-- What is copied hangs together as its originals do; checking each row again would take the most time of all.
set local session_replication_role = replica;

create temporary table twins on commit drop as
select task.id as original, gen_random_uuid() as twin, copy * interval '1 day' as age
from agent_tasks as task, generate_series(1, current_setting('bench.copies')::integer) as copy
where task.finished_at is not null
order by twin;
create index on twins (original);
analyze twins;

do $$
declare
    source record;
    names text;
    vals text;
begin
    for source in
        select * from (values
            ('agent_tasks', 'id'), ('routing_decisions', 'task_id'), ('executions', 'task_id'),
            ('agent_node_performance', 'task_id'), ('agent_performance_scores', 'task_id'), ('judgements', 'task_id'),
            ('agent_peer_evaluations', 'task_id'), ('user_feedback', 'task_id'), ('review_plans', 'task_id'),
            ('rewards', 'task_id')) as tables (name, key)
    loop
        select string_agg(quote_ident(column_name), ', ' order by ordinal_position),
            string_agg(
                case
                    when column_name = source.key then 'twins.twin'
                    when column_name in ('id', 'submission_id') then 'gen_random_uuid()'
                    when data_type = 'timestamp with time zone' then format('source.%I - twins.age', column_name)
                    else format('source.%I', column_name)
                end, ', ' order by ordinal_position)
        into names, vals
        from information_schema.columns
        where table_schema = 'public' and table_name = source.name and is_generated = 'NEVER';
        execute format(
            'insert into %I (%s) select %s from twins join %I as source on source.%I = twins.original order by twins.twin',
            source.name, names, vals, source.name, source.key);
    end loop;
end
$$;

create temporary table counted on commit drop as select * from statistics_cells;
insert into statistics_cells as cell (
    agent_id, category, complexity, model, day, count, passed, failed, infrastructure_failures, scored, overall_sum,
    overall_squares, priced, priced_overall_sum, cost_micro_usd, duration_milliseconds, tokens, ratings, rating_sum)
select agent_id, category, complexity, model, day - copy, sum(count), sum(passed), sum(failed),
    sum(infrastructure_failures), sum(scored), sum(overall_sum), sum(overall_squares), sum(priced), sum(priced_overall_sum), sum(cost_micro_usd),
    sum(duration_milliseconds), sum(tokens), sum(ratings), sum(rating_sum)
from counted, generate_series(1, current_setting('bench.copies')::integer) as copy
group by agent_id, category, complexity, model, day - copy
on conflict (agent_id, category, complexity, model, day) do update
set count = cell.count + excluded.count, passed = cell.passed + excluded.passed,
    failed = cell.failed + excluded.failed,
    infrastructure_failures = cell.infrastructure_failures + excluded.infrastructure_failures,
    scored = cell.scored + excluded.scored, overall_sum = cell.overall_sum + excluded.overall_sum,
    overall_squares = cell.overall_squares + excluded.overall_squares, priced = cell.priced + excluded.priced,
    priced_overall_sum = cell.priced_overall_sum + excluded.priced_overall_sum,
    cost_micro_usd = cell.cost_micro_usd + excluded.cost_micro_usd,
    duration_milliseconds = cell.duration_milliseconds + excluded.duration_milliseconds,
    tokens = cell.tokens + excluded.tokens, ratings = cell.ratings + excluded.ratings,
    rating_sum = cell.rating_sum + excluded.rating_sum;
update agent_points
set points = points * (1 + current_setting('bench.copies')::bigint),
    attainable = attainable * (1 + current_setting('bench.copies')::bigint);
commit;

-- What autovacuum would get to by and by, and in the middle of a measurement.
vacuum (analyze) agent_tasks, routing_decisions, executions, agent_node_performance, agent_performance_scores,
    agent_peer_evaluations, review_plans, rewards, statistics_cells;
checkpoint;
