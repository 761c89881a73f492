import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneStore
import HoneTestKit
import Postgres
import TestServers
import Testing

/// Tasks on record at each step of their way, none of which has a message.
struct Stranded {
    var completing: [TaskID]
    var failed: TaskID
    var late: TaskID
}

extension Workshop {
    private func fresh(_ deadline: Date? = nil) -> TaskSubmitted {
        TaskSubmitted(
            input: "great phone", taskID: .new(), category: .analysis, deadline: deadline,
            expected: .choice("positive"))
    }

    func strandTasks() async throws -> Stranded {
        let submitted = TaskID.new()
        _ = try await store.tasks.accept([
            Submission(taskID: submitted, submissionID: UUID(), input: "great phone", category: .analysis)
        ])
        let routed = try await assign(fresh()).taskID
        let running = try await assign(fresh())
        _ = try await store.executions.begin([
            AttemptKey(taskID: running.taskID, attempt: 1, agentID: running.agentID)
        ])
        let failed = try await assign(fresh())
        _ = try await store.executions.record([
            ExecutionRecord(
                taskID: failed.taskID, attempt: 1, agentID: failed.agentID, durationSeconds: 1,
                result: .failed(TaskFault(.modelUnavailable, "away"), final: false))
        ])
        let late = try await assign(fresh(.now - 1)).taskID
        let unscored = try await complete(fresh()).taskID
        let unjudged = try await complete(
            TaskSubmitted(input: "great phone", taskID: .new(), category: .analysis)
        ).taskID
        let scored = try await evaluate(complete(fresh()), accuracy: 1).taskID
        let planned = try await evaluate(complete(fresh()), accuracy: 1).taskID
        _ = try await store.reviews.plan([ReviewPlan(taskID: planned, reviewers: [.kai, .maya])])
        return Stranded(
            completing: [
                submitted, routed, running.taskID, failed.taskID, unscored, unjudged, scored, planned,
            ], failed: failed.taskID, late: late)
    }

    /// Waits until all consequences of completed tasks are on record.
    func settled(completed: Int) async throws {
        try await eventually(within: .seconds(60), "all are scored, reviewed and in the ledger") {
            let counts = try await database.counts(["agent_performance_scores", "review_plans"])
            let due = try await database.pool.first(
                "select coalesce(sum(cardinality(reviewers)), 0)::bigint from review_plans", as: Int.self)
            let reviews = try await database.counts(["agent_peer_evaluations"])
            let heard = try await database.pool.first(
                """
                select count(*) from rewards as reward where counted_opinions =
                    (select count(*) from agent_peer_evaluations as review where review.task_id = reward.task_id)
                """, as: Int.self)
            return counts == ["agent_performance_scores": completed, "review_plans": completed]
                && reviews["agent_peer_evaluations"] == due && due == 2 * completed && heard ?? 0 >= completed
        }
    }

    /// No effect is missing and none is there twice; the tables' keys see to the latter, the counters are counted anew.
    func expectEverythingOnce() async throws {
        let (table, recount) = (try await store.statistics.table(), try await store.statistics.recount())
        #expect(table.changes(to: recount).isEmpty)
        #expect(try await store.rewards.totals() == store.rewards.recountedTotals())
        let mismatches = try await database.pool.first(
            """
            select count(*) from agent_tasks as task
            left join agent_performance_scores as score on score.task_id = task.id
            left join rewards as reward on reward.task_id = task.id
            where task.status = 'completed' and (score.task_id is null or reward.task_id is null)
            """, as: Int.self)
        #expect(mismatches == 0)
    }
}
