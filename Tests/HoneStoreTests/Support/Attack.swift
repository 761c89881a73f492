import Testing

/// A way to read what one must not.
struct Attack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Run one after the other on one connection; the last one's answer is what was found.
    let statements: [String]
    let worksForOwner: Bool

    private init(_ statements: String..., worksForOwner: Bool = false) {
        testDescription = statements.joined(separator: "; ")
        self.statements = statements
        self.worksForOwner = worksForOwner
    }

    static let all = reading + changing + tricks

    private static let reading = [
        Attack("select input::text || expected::text from benchmark_cases", worksForOwner: true),
        Attack("select string_agg(item::text, ' ') from benchmark_cases as item", worksForOwner: true),
        Attack("select item::text from benchmark_cases as item where split = 'holdout'", worksForOwner: true),
        Attack("table benchmark_cases"),
        Attack(
            """
            select item::text from experiment_results as result
            join benchmark_cases as item on item.id = result.case_id
            """, worksForOwner: true),
        Attack("select task::text from agent_tasks as task", worksForOwner: true),
        Attack("select coalesce(output, input)::text from agent_tasks", worksForOwner: true),
        Attack("select score::text from agent_performance_scores as score", worksForOwner: true),
        Attack("select judgement::text from judgements as judgement", worksForOwner: true),
        Attack("select review::text from agent_peer_evaluations as review", worksForOwner: true),
        Attack("select feedback::text from user_feedback as feedback", worksForOwner: true),
        Attack("select run::text from executions as run", worksForOwner: true),
        Attack("select node::text from agent_node_performance as node", worksForOwner: true),
        Attack("select call::text from recorded_calls as call", worksForOwner: true),
        Attack("select ending::text from trial_endings as ending"),
        Attack("select task::text from trial_tasks as task"),
        Attack("select item::text from holdout_cases('suite') as item"),
        Attack("select copied::text from copied_cases('suite', 'The zanz' || 'ibar is') as copied"),
        Attack(
            "select exists(select from benchmark_cases where input::text ~ 'zanz.bar')::text || string_agg(input::text, '') "
                + "from benchmark_cases", worksForOwner: true),
    ]

    private static let changing = [
        Attack("update benchmark_cases set split = 'train' returning input::text", worksForOwner: true),
        Attack("delete from benchmark_cases returning input::text"),
        Attack(
            "insert into benchmark_cases select benchmark_id, 'x' || id, input, expected, 'train' "
                + "from benchmark_cases returning input::text"),
        Attack("update agent_tasks set metadata = output returning metadata::text", worksForOwner: true),
        Attack(
            "update agent_tasks set metadata = output", "select metadata::text from agent_tasks",
            worksForOwner: true),
        Attack(
            "update experiment_results set error_message = input::text from benchmark_cases as item "
                + "where item.id = case_id returning error_message", worksForOwner: true),
        Attack("update experiment_results set task_id = null", "select coalesce(input, output)::text from agent_tasks"),
        Attack("delete from experiment_results", "select task::text from agent_tasks as task"),
        Attack(
            "insert into agent_tasks select * from agent_tasks on conflict (id) do update "
                + "set metadata = excluded.output returning metadata::text"),
        Attack(
            "merge into agent_tasks as task using benchmark_cases as item on true "
                + "when matched then update set metadata = item.input", "select metadata::text from agent_tasks"),
        Attack(
            "select * into temp stolen from benchmark_cases", "select stolen::text from stolen",
            worksForOwner: true),
        Attack("lock benchmark_cases", "select 'locked'"), Attack("truncate benchmark_cases", "select 'gone'"),
    ]

    private static let tricks = [
        Attack("set row_security = off", "select input::text from benchmark_cases"),
        Attack("alter table benchmark_cases disable row level security", "select input::text from benchmark_cases"),
        Attack("drop policy sealed on benchmark_cases", "select input::text from benchmark_cases"),
        Attack("alter role hone_optimizer bypassrls", "select input::text from benchmark_cases"),
        Attack("grant all on benchmark_cases to public", "select input::text from benchmark_cases"),
        Attack("select seal_holdout()", "select input::text from benchmark_cases"),
        Attack("create table public.mine as select * from benchmark_cases", "select mine::text from mine"),
        Attack(
            "create view pg_temp.mine as select * from benchmark_cases", "select mine::text from pg_temp.mine as mine"),
        Attack(
            "create function pg_temp.peek() returns setof text language sql security definer as "
                + "'select input::text from public.benchmark_cases'", "select pg_temp.peek()"),
        // A filter that cries out what it sees, and seems cheap enough to go first.
        Attack(
            "create function pg_temp.cry(value text) returns boolean language plpgsql cost 0.0000001 as "
                + "$$ begin if value ~ 'zanz.bar' then raise exception 'found %', value; end if; return true; end $$",
            "select input::text from benchmark_cases where pg_temp.cry(input::text)"),
        Attack(
            "create function pg_temp.cry(value text) returns boolean language plpgsql cost 0.0000001 as "
                + "$$ begin if value ~ 'zanz.bar' then raise exception 'found %', value; end if; return true; end $$",
            "select ending::text from trial_endings as ending where pg_temp.cry(ending::text)"),
        Attack("select (input #>> '{}')::integer::text from benchmark_cases where split = 'holdout'"),
        Attack("select (output #>> '{}')::integer::text from agent_tasks"),
        // Tables of the same name do not take the place of those that the seal looks at.
        Attack(
            "create temp table benchmark_cases (benchmark_id text, id text, split text, input jsonb)",
            "insert into pg_temp.benchmark_cases select 'suite', id, 'train' from public.holdout_cases('suite')",
            "select task::text from public.agent_tasks as task"),
        Attack(
            "create temp table agent_tasks (id uuid, experiment_id uuid, input jsonb)",
            "insert into pg_temp.agent_tasks select distinct task_id from public.experiment_results",
            "select score::text from public.agent_performance_scores as score"),
        Attack(
            "analyze benchmark_cases",
            "select most_common_vals::text || histogram_bounds::text from pg_stats "
                + "where tablename in ('benchmark_cases', 'agent_tasks')"),
        Attack("select stavalues1::text from pg_statistic"),
        Attack("select query from pg_stat_activity"),
        Attack("copy benchmark_cases to '/tmp/hone-stolen'", "select pg_read_file('/tmp/hone-stolen')"),
        Attack("copy benchmark_cases to program 'cat'", "select 'none'"),
        Attack("create trigger spy before update on agent_tasks execute function refuse_change()", "select 'none'"),
        Attack(
            "create rule spy as on insert to experiment_results do also select * from benchmark_cases",
            "select 'none'"),
        Attack("prepare spy as select input::text from benchmark_cases", "execute spy", worksForOwner: true),
        Attack(
            "declare spy cursor with hold for select input::text from benchmark_cases", "fetch all from spy",
            worksForOwner: true),
    ]
}
