import ChaosKit
import Foundation
import Postgres
import Redis
import TestServers

/// A record and a Redis in which everything holds, for a test to break.
struct SoundRecord {
    static let done = "00000000-0000-4000-8000-000000000001"
    static let failed = "00000000-0000-4000-8000-000000000002"
    static let other = "00000000-0000-4000-8000-000000000003"

    let databaseURL: String
    let server: TestRedis
    let redis: RedisClient
    var evidence = Evidence(published: [
        PublishedTask(number: 0, id: done, kind: .echo, replyTo: "hone:replies.chaos"),
        PublishedTask(number: 1, id: failed, kind: .refused, replyTo: nil),
    ])

    private static let template = Task {
        let url = try await TestPostgres.shared().createDatabase()
        try await Migrations(directory: migrations).apply(toURL: url)
        try await execute(sound, on: url)
        return String(url.split(separator: "/").last ?? "")
    }

    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let migrations = repository + "/infra/migrations"

    init() async throws {
        databaseURL = try await TestPostgres.shared().createDatabase(template: Self.template.value)
        server = try await TestRedis.start()
        redis = RedisClient(RedisEndpoint(host: "127.0.0.1", port: server.port))
        try await reply("reply-1")
    }

    /// Runs SQL against the record.
    func execute(_ sql: String) async throws { try await Self.execute(sql, on: databaseURL) }

    /// Answers the completed task.
    func reply(_ id: String) async throws {
        let data = #"{"task_id": "\#(Self.done)", "status": "completed"}"#
        try await redis.xadd("hone:replies.chaos", [RedisField("id", id), RedisField("data", data)])
    }

    /// The invariants that do not hold, by name.
    func broken() async throws -> [String: Finding] {
        let findings = try await InvariantChecker(databaseURL: databaseURL, redis: redis).check(evidence)
        return Dictionary(findings.filter { !$0.holds }.map { ($0.invariant, $0) }) { first, _ in first }
    }

    private static func execute(_ sql: String, on url: String) async throws {
        let connection = try await PostgresConnection.open(url: url)
        try await connection.execute(script: sql)
        await connection.close()
    }

    private static let sound = """
        insert into agents (id, nickname, model) values ('ada', 'Ada', 'echo');
        insert into agent_tasks (
            id, submission_id, content_hash, status, category, input, agent_id, attempt, failed_attempt, output, error_code,
            reply_to, finished_at, told_at)
        values
            ('\(done)', gen_random_uuid(), gen_random_uuid(), 'completed', 'echo', '"x"', 'ada', 1, 0, '"x"', null,
                'hone:replies.chaos', now(), null),
            ('\(failed)', gen_random_uuid(), gen_random_uuid(), 'failed', null, '"x"', 'ada', 1, 1, null, 'model_error',
                null, now(), now());
        insert into executions (
            task_id, attempt, agent_id, model, input_tokens, output_tokens, cost_micro_usd, latency_ms,
            duration_seconds, status, error_code, counted, created_at)
        values
            ('\(done)', 1, 'ada', 'echo', 5, 7, 100, 1500, 1.5, 'completed', null, false, '2026-01-02T23:30:00Z'),
            ('\(failed)', 1, 'ada', 'echo', 3, 4, null, 250, 0.25, 'failed', 'model_error', true,
                '2026-01-02T23:30:00Z');
        insert into agent_performance_scores (
            task_id, agent_id, attempt, objective_category, overall_score, weights, passed, evaluator_kind, total_tokens,
            cost_micro_usd, model_used, duration_seconds, created_at)
        values ('\(done)', 'ada', 1, 'echo', 0.75, '{}', true, 'check', 12, 100, 'echo', 1.5, '2026-01-02T23:30:00Z');
        insert into agent_peer_evaluations (
            task_id, evaluated_agent_id, evaluator_agent_id, evaluation_score, unknown)
        values ('\(done)', 'ada', 'kai', 0.5, false);
        insert into review_plans (task_id, reviewers) values ('\(done)', '{kai}');
        insert into rewards (task_id, agent_id, reward, penalty, attainable)
        values ('\(done)', 'ada', 10, 0, 20), ('\(failed)', 'ada', 0, 5, 20);
        insert into agent_points (agent_id, points, attainable) values ('ada', 5, 40);
        insert into statistics_cells
        values
            ('ada', 'echo', 'echo', '2026-01-02', 1, 1, 0, 0, 1, 750000, 562500, 1, 750000, 100, 1500, 12, 0, 0),
            ('ada', 'unclassified', 'echo', '2026-01-02', 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 250, 7, 0, 0);
        insert into agent_performance_stats (
            agent_id, nickname, total_tasks, successful_tasks, failed_tasks, avg_overall_score, total_cost_micro_usd,
            points)
        values ('ada', 'Ada', 2, 1, 1, 0.375, 100, 5), ('kai', 'Kai', 0, 0, 0, null, 0, 0),
            ('maya', 'Maya', 0, 0, 0, null, 0, 0);
        insert into budgets (id, scope, scope_id, cap_micro_usd, reserved_micro_usd, spent_micro_usd)
        values ('\(other)', 'day', '2026-01-02', 100, 40, 20);
        insert into model_calls (id, purpose, model, reserved_micro_usd) values ('\(other)', 'task', 'm', 40);
        insert into budget_ledger (transfer_id, account, budget_id, amount_micro_usd)
        values ('\(done)', 'available', '\(other)', -20), ('\(done)', 'spent', '\(other)', 20),
            ('\(other)', 'available', '\(other)', -40), ('\(other)', 'reserved', '\(other)', 40);
        """
}
