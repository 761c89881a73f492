-- Every row that a run makes, without what says when it was made, or names a prompt that `hone apply` made anew.
-- A replay makes the same.
select name, line from (
    select 'agent_tasks' as name,
        (to_jsonb(t) - '{created_at,moved_at,finished_at,traceparent,prompt_id}'::text[])::text as line
    from agent_tasks as t
    union all select 'routing_decisions', (to_jsonb(t) - '{created_at}'::text[])::text from routing_decisions as t
    union all select 'executions', (to_jsonb(t) - '{created_at,prompt_id}'::text[])::text from executions as t
    union all select 'nodes', (to_jsonb(t) - '{created_at}'::text[])::text from agent_node_performance as t
    union all
    select 'scores', (to_jsonb(t) - '{created_at,scored_at,judged_at,prompt_id}'::text[])::text
    from agent_performance_scores as t
    union all select 'judgements', (to_jsonb(t) - '{created_at}'::text[])::text from judgements as t
    union all select 'reviews', (to_jsonb(t) - '{created_at}'::text[])::text from agent_peer_evaluations as t
    union all select 'rewards', (to_jsonb(t) - '{created_at,updated_at}'::text[])::text from rewards as t
    union all select 'points', to_jsonb(t)::text from agent_points as t
    union all select 'standings', (to_jsonb(t) - '{last_updated}'::text[])::text from agent_performance_stats as t
) as item order by name, line;
