-- What prompts are judged by is sealed against the service that makes them: it connects as the role hone_optimizer,
-- which cannot read holdout cases nor anything of a trial on one, but whether it was passed, its cost and its time.
--
-- Tables' owners and superusers pass row-level security by, so that it costs the other services nothing.

-- Looks at a holdout are counted.
create index experiments_gates on experiments (benchmark_id, created_at) where kind = 'gate';

-- Bodies are bound to these tables when they are made: a table of the same name elsewhere cannot take their place.
create function is_sealed_trial(task uuid, input jsonb) returns boolean
language sql stable security definer
begin atomic
    select
        -- It names a case, and no open one.
        (is_sealed_trial.input ? '$case' and not exists (
            select from benchmark_cases as item
            where item.benchmark_id = is_sealed_trial.input #>> '{$case,benchmark}'
                and item.id = is_sealed_trial.input #>> '{$case,id}' and item.split <> 'holdout'))
        or exists (
            select from experiment_results as result
            join benchmark_cases as item on item.benchmark_id = result.benchmark_id and item.id = result.case_id
            where result.task_id = is_sealed_trial.task and item.split = 'holdout');
end;

create function is_open_task(task uuid) returns boolean
language sql stable security definer
begin atomic
    select exists (
        select from agent_tasks as known
        where known.id = is_open_task.task
            and (known.experiment_id is null or not is_sealed_trial(known.id, known.input)));
end;

create function holdout_cases(benchmark text) returns table (id text, control boolean)
language sql stable security definer
begin atomic
    select item.id, item.control from benchmark_cases as item
    where item.benchmark_id = holdout_cases.benchmark and item.split = 'holdout' order by item.id;
end;

-- Trials' tasks, without what was asked and answered.
create view trial_tasks with (security_barrier) as
select id, submission_id, experiment_id, status, finished_at from agent_tasks where experiment_id is not null;

-- All that comes back of trials that are over: of sealed ones, whether they were passed, their cost and their time.
create view trial_endings with (security_barrier) as
select task.id as task_id, task.status, task.error_code,
    case when not seal.holds then task.error_message end as error_message,
    case when not seal.holds then score.accuracy_score end as accuracy_score,
    case when not seal.holds then score.relevance_score end as relevance_score,
    case when not seal.holds then score.completeness_score end as completeness_score,
    score.passed, coalesce(score.awaits_judgement, false) as awaits_judgement,
    case when not seal.holds then score.feedback end as feedback,
    coalesce(score.cost_micro_usd, last.cost_micro_usd) as cost_micro_usd,
    (select coalesce(sum(cost_micro_usd), 0)::bigint from executions where executions.task_id = task.id)
        + (select coalesce(sum(cost_micro_usd), 0)::bigint from judgements where judgements.task_id = task.id)
        as spent_micro_usd,
    coalesce(score.duration_seconds, last.duration_seconds) as duration_seconds
from agent_tasks as task
cross join lateral (select is_sealed_trial(task.id, task.input) as holds) as seal
left join agent_performance_scores as score on score.task_id = task.id
left join executions as last on last.task_id = task.id and last.attempt = task.attempt
where task.experiment_id is not null and task.finished_at is not null
    and (task.status <> 'completed' or score.task_id is not null);

-- Ends the trials of an optimization that are not over; returns how many.
create function withdraw_trials(optimization uuid, ending text, code text, message text) returns bigint
language sql security definer
begin atomic
    with withdrawn as (
        update agent_tasks as task
        set status = withdraw_trials.ending, error_code = withdraw_trials.code,
            error_message = withdraw_trials.message,
            failed_attempt = task.attempt, moved_at = now(), finished_at = now()
        from experiments as experiment
        where experiment.optimization_id = withdraw_trials.optimization and task.experiment_id = experiment.id
            and task.finished_at is null
        returning task.id
    )
    select count(*) from withdrawn;
end;

-- An input as words: case, punctuation and spaces do not tell two texts apart.
create function plain_words(input jsonb) returns text[]
language sql immutable
begin atomic
    select regexp_split_to_array(
        btrim(regexp_replace(lower(plain_words.input #>> '{}'), '[[:space:][:punct:]]+', ' ', 'g')), ' ');
end;

-- Every run of so many words; a shorter text is one run.
create function word_runs(words text[], length integer) returns setof text
language sql immutable
begin atomic
    select array_to_string(word_runs.words[first : first + word_runs.length - 1], ' ')
    from generate_series(1, greatest(1, cardinality(word_runs.words) - word_runs.length + 1)) as first;
end;

-- Cases that are there twice, in different splits.
create function duplicate_cases(benchmark text) returns table (
    first_id text, first_split text, second_id text, second_split text)
language sql stable security definer
begin atomic
    with item as materialized (
        select known.id, known.split, plain_words(known.input) as words from benchmark_cases as known
        where known.benchmark_id = duplicate_cases.benchmark
    )
    select one.id, one.split, other.id, other.split
    from item as one join item as other on other.words = one.words and other.id > one.id and other.split <> one.split
    order by one.id, other.id limit 100;
end;

-- Validation and holdout cases that a prompt has copied: eight words in a row of one (all of it where it is shorter, from
-- three words on) that no train case has.
create function copied_cases(benchmark text, prompt text) returns table (id text, split text)
language sql stable security definer
begin atomic
    with item as materialized (
        select known.id, known.split, plain_words(known.input) as words from benchmark_cases as known
        where known.benchmark_id = copied_cases.benchmark
    ), sized as (
        select item.id, item.split, item.words, least(8, cardinality(item.words)) as length from item
    ), asked as materialized (
        select plain_words(to_jsonb(copied_cases.prompt)) as words
    ), told as (
        select lengths.length, runs.run
        from asked, (select distinct sized.length from sized where sized.length >= 3) as lengths,
            word_runs(asked.words, lengths.length) as runs (run)
    ), suspects as (
        select distinct sized.id, sized.split, sized.length, runs.run
        from sized, word_runs(sized.words, sized.length) as runs (run)
        where sized.split <> 'train' and sized.length >= 3
            and (sized.length, runs.run) in (select length, run from told)
    )
    select distinct suspects.id, suspects.split from suspects
    where not exists (
        select from sized where sized.split = 'train'
            and position(' ' || suspects.run || ' ' in ' ' || array_to_string(sized.words, ' ') || ' ') > 0)
    order by suspects.id;
end;

revoke execute on function is_sealed_trial, is_open_task, holdout_cases, withdraw_trials, copied_cases
    from public;

-- Everybody else who is no owner sees what the grants let through, as before.
do $$
declare
    sealed text;
begin
    foreach sealed in array array[
        'benchmark_cases', 'agent_tasks', 'executions', 'agent_node_performance', 'agent_performance_scores',
        'judgements', 'agent_peer_evaluations', 'user_feedback', 'recorded_calls', 'experiment_results'
    ] loop
        execute format('alter table %I enable row level security', sealed);
        execute format('create policy everybody on %I using (true) with check (true)', sealed);
    end loop;
end
$$;

-- Makes the role, where it may, and gives it what the optimizer needs: no more. Null when the seal holds, else why it
-- does not; run it again when that is mended, and at the end of a migration that adds a table for the optimizer.
create function seal_holdout() returns text language plpgsql as $$
declare
    item record;
    flaw text;
begin
    if to_regrole('hone_optimizer') is null then
        begin
            create role hone_optimizer nologin;
        exception
            -- Another database of the server was faster.
            when duplicate_object or unique_violation then null;
            when insufficient_privilege then
                return format('%s may not create the role hone_optimizer', current_user);
        end;
    end if;
    if not (select rolsuper from pg_roles where rolname = current_user) then
        begin
            execute format('grant hone_optimizer to %I', current_user);
        exception when insufficient_privilege then
            if not pg_has_role(current_user, 'hone_optimizer', 'member') then
                flaw := format('%s is not a member of the role hone_optimizer', current_user);
            end if;
        end;
    end if;

    execute format('grant usage on schema %I to hone_optimizer', current_schema());
    grant select on
        agents, approved_models_provider, current_models, objective_templates, prompts, prompt_parents,
        prompt_transitions, prompt_states, benchmarks, benchmark_cases, optimizations, experiments, experiment_results,
        evaluations, insights, improvement_sessions, agent_tasks, executions, agent_node_performance,
        agent_performance_scores, judgements, agent_peer_evaluations, user_feedback, statistics_cells,
        agent_performance_stats, budgets, budget_ledger, model_calls, spending_caps, alerts, recorded_calls,
        recorded_circumstances, trial_tasks, trial_endings
        to hone_optimizer;
    grant insert on
        prompts, prompt_parents, prompt_transitions, prompt_states, optimizations, experiments, experiment_results,
        insights, agent_tasks, budgets, budget_ledger, model_calls, alerts, system_logs, audit_log, recorded_calls,
        recorded_circumstances
        to hone_optimizer;
    grant update on
        prompt_states, optimizations, experiment_results, insights, budgets, model_calls, alerts, recorded_calls,
        recorded_circumstances
        to hone_optimizer;
    grant update (status, results, completed_at) on experiments to hone_optimizer;
    grant update (lifecycle, activity, updated_at) on agents to hone_optimizer;
    -- What `on conflict` compares with.
    grant select (record_id) on system_logs to hone_optimizer;
    -- Of tables that came by other migrations. The optimizer takes canaries back and gives them all tasks; it starts none.
    for item in
        select name, allowed from (values
            ('prompt_labels', 'select'), ('deployments', 'select, update'), ('optimization_schedules', 'select, update'),
            ('observations', 'select, insert')
        ) as tables (name, allowed)
        where to_regclass(name) is not null
    loop
        execute format('grant %s on %I to hone_optimizer', item.allowed, item.name);
    end loop;
    grant delete on insights to hone_optimizer;
    grant execute on function is_sealed_trial, is_open_task, holdout_cases, withdraw_trials, copied_cases
        to hone_optimizer;

    for item in select * from (values
        ('benchmark_cases', 'split <> ''holdout'''),
        ('agent_tasks', 'experiment_id is null or not is_sealed_trial(id, input)'),
        ('executions', 'is_open_task(task_id)'),
        ('agent_node_performance', 'is_open_task(task_id)'),
        ('agent_performance_scores', 'experiment_id is null or is_open_task(task_id)'),
        ('judgements', 'is_open_task(task_id)'),
        ('agent_peer_evaluations', 'is_open_task(task_id)'),
        ('user_feedback', 'is_open_task(task_id)'),
        -- Conversations with agents, judges and reviewers; its own are the others.
        ('recorded_calls', 'purpose not in (''task'', ''judge'', ''review'')')
    ) as policies (name, rule) loop
        execute format('drop policy if exists sealed on %I', item.name);
        execute format(
            'create policy sealed on %I as restrictive for select to hone_optimizer using (%s)', item.name, item.rule);
    end loop;
    -- Evaluations carry the words of their cases: which task did which of them is not the optimizer's to change.
    drop policy if exists sealed on experiment_results;
    create policy sealed on experiment_results as restrictive for update to hone_optimizer using (
        exists (select from experiments where experiments.id = experiment_id and experiments.kind <> 'evaluation'));
    return flaw;
end
$$;

revoke execute on function seal_holdout from public;

do $$
declare
    reason text := seal_holdout();
begin
    if reason is not null then
        raise warning 'the holdout is not sealed, and the optimizer does not start: %', reason;
    end if;
end
$$;
