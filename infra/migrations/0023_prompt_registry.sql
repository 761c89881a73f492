-- Moves that make no sense are refused by the record, too; what was written before stays as it is.
alter table prompt_transitions add constraint prompt_transitions_are_legal check (
    from_state is null and to_state = 'draft'
    or from_state = 'draft' and to_state in ('experimental', 'candidate', 'production', 'archived')
    or from_state = 'experimental' and to_state in ('candidate', 'production', 'archived')
    or from_state = 'candidate' and to_state in ('experimental', 'production', 'archived')
    or from_state = 'production' and to_state = 'archived'
    or from_state = 'archived' and to_state in ('experimental', 'production')
) not valid;

-- Labels are put on prompts and taken off again, as often as people like; every time is a row.
create table prompt_labels (
    id bigint generated always as identity primary key,
    prompt_id uuid not null references prompts (id),
    label text not null check (label ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    -- Whether it was put on, or taken off.
    present boolean not null,
    actor text not null,
    reason text not null default '',
    created_at timestamptz not null default now()
);

create index prompt_labels_prompt on prompt_labels (prompt_id, id);

create trigger prompt_labels_are_appended before update or delete on prompt_labels
    for each row execute function refuse_change();

-- The labels that a prompt has now. Whoever may read prompts may know them.
create function labels_of(prompt uuid) returns text[]
language sql stable security definer
begin atomic
    select coalesce(array_agg(last.label order by last.label), '{}')
    from (
        select distinct on (label) label, present from prompt_labels
        where prompt_id = labels_of.prompt order by label, id desc
    ) as last
    where last.present;
end;

-- What a part of a prompt is worth: the prompt with and without it, on the same cases.
alter table experiments drop constraint experiments_kind_check;
alter table experiments add constraint experiments_kind_check
    check (kind in ('trial', 'validation', 'gate', 'canary', 'evaluation', 'ablation'));
