-- Why a search that was due, or that a finding called for, could not be asked for.
alter table optimization_schedules add column last_refusal text;

alter table observations
    add column refusal text,
    drop constraint observations_check,
    add constraint observations_asked check (
        optimization_id is null or benchmark_id is not null and refusal is null);

alter table alerts drop constraint alerts_kind_check;
alter table alerts add constraint alerts_kind_check check (
    kind in (
        'quality_drop', 'cost_spike', 'failure_rate', 'backlog', 'budget', 'service', 'prompt_regression', 'schedule'));
