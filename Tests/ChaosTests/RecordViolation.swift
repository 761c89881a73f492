import Testing

/// Something that must never be in the record, and the invariant that finds it.
struct RecordViolation: Sendable, CustomTestStringConvertible {
    let invariant: String
    let sql: String
    /// Whether the statements bring a third task that somebody published.
    var isOtherPublished = false

    var testDescription: String { invariant }

    init(_ invariant: String, isOtherPublished: Bool = false, _ sql: String) {
        self.invariant = invariant
        self.isOtherPublished = isOtherPublished
        self.sql = sql
    }

    private static let (done, failed, other) = (SoundRecord.done, SoundRecord.failed, SoundRecord.other)

    static let all = tasks + effects + ledger + statistics + budgets

    private static let tasks = [
        RecordViolation(
            "every accepted task reached a terminal state", isOtherPublished: true,
            """
            insert into agent_tasks (id, submission_id, content_hash, input, status, agent_id, attempt)
            values ('\(other)', gen_random_uuid(), gen_random_uuid(), '"x"', 'running', 'ada', 1)
            """),
        RecordViolation(
            "a task is on record once",
            """
            alter table agent_tasks drop constraint agent_tasks_pkey cascade;
            alter table agent_tasks drop constraint agent_tasks_submission_id_key;
            insert into agent_tasks select * from agent_tasks where id = '\(failed)'
            """),
        RecordViolation(
            "no task is on record that nobody published",
            """
            insert into agent_tasks (id, submission_id, content_hash, input, status, error_code, finished_at, told_at)
            values ('\(other)', gen_random_uuid(), gen_random_uuid(), '"x"', 'failed', 'no_capable_agent', now(), now())
            """),
        RecordViolation(
            "the tasks that were meant to fail did, and no others", isOtherPublished: true,
            """
            insert into agent_tasks (id, submission_id, content_hash, input, status, error_code, finished_at, told_at)
            values ('\(other)', gen_random_uuid(), gen_random_uuid(), '"x"', 'failed', 'internal', now(), now())
            """),
        RecordViolation("every end without a result was told on the bus", "update agent_tasks set told_at = null"),
    ]

    private static let effects = [
        RecordViolation(
            "a completed task was completed by exactly one attempt, its last",
            """
            insert into executions (task_id, attempt, agent_id, latency_ms, duration_seconds, status)
            values ('\(done)', 2, 'ada', 1, 1, 'completed')
            """),
        RecordViolation(
            "an attempt was recorded once",
            """
            alter table executions drop constraint executions_pkey cascade;
            insert into executions select * from executions where task_id = '\(failed)'
            """),
        RecordViolation(
            "every completed task has a score", "delete from agent_performance_scores"),
        RecordViolation(
            "a completed task has one score",
            """
            alter table agent_performance_scores drop constraint agent_performance_scores_pkey cascade;
            insert into agent_performance_scores select * from agent_performance_scores
            """),
        RecordViolation(
            "only completed tasks have scores, and those of the attempt that completed them",
            """
            update agent_performance_scores set attempt = 2
            """),
        RecordViolation(
            "a verdict decided a score once",
            """
            drop index judgements_one_score;
            insert into judgements (id, task_id, model, purpose, unknown)
            select gen_random_uuid(), '\(done)', 'judge', 'score', true from generate_series(1, 2)
            """),
        RecordViolation(
            "a reviewer reviewed a task once",
            """
            alter table agent_peer_evaluations drop constraint agent_peer_evaluations_pkey cascade;
            insert into agent_peer_evaluations select * from agent_peer_evaluations
            """),
        RecordViolation(
            "only scored tasks were reviewed, and nobody reviewed their own",
            """
            insert into agent_peer_evaluations (task_id, evaluated_agent_id, evaluator_agent_id, unknown)
            values ('\(failed)', 'ada', 'kai', true)
            """),
    ]

    private static let ledger = [
        RecordViolation("every counted task is in the ledger", "delete from rewards where task_id = '\(failed)'"),
        RecordViolation(
            "a counted task has one ledger row",
            """
            alter table rewards drop constraint rewards_pkey;
            insert into rewards (task_id, agent_id, reward, penalty, attainable)
            select task_id, agent_id, reward, penalty, attainable from rewards
            """),
        RecordViolation(
            "nothing else is in the ledger", isOtherPublished: true,
            """
            insert into agent_tasks (id, submission_id, content_hash, input, status, error_code, finished_at, told_at)
            values ('\(other)', gen_random_uuid(), gen_random_uuid(), '"x"', 'failed', 'no_capable_agent', now(), now());
            insert into rewards (task_id, agent_id, reward, penalty, attainable) values ('\(other)', 'ada', 0, 0, 0)
            """),
        RecordViolation("every failed attempt is counted", "update executions set counted = false"),
        RecordViolation("agents' points are the sum of the ledger", "update agent_points set points = points + 1"),
    ]

    private static let statistics =
        [
            "count = 2", "passed = 0", "overall_sum = overall_sum + 1", "overall_squares = 0", "cost_micro_usd = 200",
            "duration_milliseconds = 0", "tokens = 0", "day = '2026-01-03'", "model = 'another'", "complexity = 3",
            "ratings = 1",
        ].map { change in
            RecordViolation(
                "the statistics are what a recount of scores and failures finds",
                "update statistics_cells set \(change) where category = 'echo'")
        } + [
            RecordViolation(
                "the statistics are what a recount of scores and failures finds",
                "update statistics_cells set failed = 0, infrastructure_failures = 1 where category = 'unclassified'"),
            RecordViolation(
                "the statistics are what a recount of scores and failures finds",
                "delete from statistics_cells where category = 'unclassified'"),
            RecordViolation(
                "the statistics are what a recount of scores and failures finds",
                """
                insert into user_feedback (id, task_id, rating) values (gen_random_uuid(), '\(done)', 4)
                """),
            RecordViolation(
                "the published leaderboard agrees with the statistics",
                "update agent_performance_stats set avg_overall_score = 0.5 where agent_id = 'ada'"),
            RecordViolation(
                "the published leaderboard agrees with the statistics",
                "update agent_performance_stats set successful_tasks = 2 where agent_id = 'ada'"),
            RecordViolation(
                "the published leaderboard agrees with the statistics",
                "delete from agent_performance_stats where agent_id = 'kai'"),
        ]

    private static let budgets = [
        RecordViolation("no budget is over its cap", "update budgets set cap_micro_usd = 59"),
        RecordViolation(
            "every transfer of the budget ledger balances",
            """
            alter table budget_ledger disable trigger user;
            delete from budget_ledger where account = 'available'
            """),
        RecordViolation("budgets are the sums of their ledger", "update budgets set spent_micro_usd = 21"),
        RecordViolation(
            "no reservation is older than its call can be",
            "update model_calls set created_at = now() - interval '10 minutes'"),
    ]
}
