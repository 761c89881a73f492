import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import Postgres
import TestServers
import Testing

@testable import Router

@Suite("What is said again", .timeLimit(.minutes(3)))
struct ReconcileTests {
    private let settings = ["HONE_RECONCILE_AFTER": "1s"]

    private func task(_ key: String? = nil) -> TaskSubmitted {
        TaskSubmitted(input: "x", taskID: .new(), category: .analysis, expected: .choice("positive"), replyTo: key)
    }

    @Test("the same message as before: same id, same body", arguments: WorkshopBusKind.allCases)
    func sameMessage(_ kind: WorkshopBusKind) async throws {
        try await Workshop.open(on: kind, settings: settings) { workshop in
            let id = TaskID.new()
            try await workshop.running([Router.self]) {
                try await workshop.submit(["task_id": .string(id.description), "input": "x", "category": "analysis"])
                let first = try #require(try await workshop.posted(TaskAssigned.self, reaching: 1).first)
                try await workshop.loseWhatWaits(.tasksAssigned, for: "executor")
                let again = try await workshop.posted(TaskAssigned.self, reaching: 2)[1]
                #expect(again.id == first.id && again.id == TaskAssigned.id(of: id, attempt: 1).uuidString.lowercased())
                #expect(again.body.routingDecisionID == first.body.routingDecisionID && again.body.task.input == "x")
            }
        }
    }

    @Test("of two routers one says it, and less often each time")
    func together() async throws {
        try await Workshop.open(settings: settings) { workshop in
            let completed = try await workshop.complete(task())
            try await workshop.running([Router.self, Router.self]) {
                _ = try await workshop.posted(TaskCompleted.self, reaching: 1)
                try await workshop.loseWhatWaits(.tasksCompleted, for: "evaluator")
                let posted = try await workshop.posted(TaskCompleted.self, reaching: 2)
                #expect(try await workshop.database.pool.first("select times from republications", as: Int.self) == 2)
                #expect(posted.count == 2 && Set(posted.map(\.id)).count == 1)
                #expect(posted.map(\.body.output) == ["positive", "positive"])
                #expect(posted[0].id == TaskCompleted.id(of: completed.taskID, attempt: 1).uuidString.lowercased())
            }
        }
    }

    @Test("a score, with the reply that may be lost too")
    func score() async throws {
        try await Workshop.open(settings: settings) { workshop in
            let key = workshop.replyKey("crm")
            let evaluation = try await workshop.evaluate(workshop.complete(task(key)), accuracy: 1)
            try await workshop.running([Router.self]) {
                let reply = try await workshop.reply(at: key)
                #expect(reply.status == .completed && reply.output == "positive" && reply.scores?.accuracy == 1)
                let posted = try #require(try await workshop.posted(EvaluationCompleted.self, reaching: 1).first)
                #expect(posted.body.taskID == evaluation.taskID && posted.body.scores == evaluation.scores)
            }
            // Neither the ledger nor a plan is there, and one message is enough for both.
            #expect(try await workshop.posted(EvaluationCompleted.self).count <= 2)
        }
    }

    @Test("a review that nobody has counted")
    func review() async throws {
        try await Workshop.open(settings: settings) { workshop in
            let evaluation = try await workshop.evaluate(workshop.complete(task()), accuracy: 1)
            let id = evaluation.taskID
            _ = try await workshop.store.reviews.plan([ReviewPlan(taskID: id, reviewers: [.kai])])
            _ = try await workshop.store.reviews.insert([
                ReviewRecord(
                    taskID: id, evaluatedAgentID: .ada, evaluatorAgentID: .kai, score: 0.5, criteria: ["depth": 0.5],
                    feedback: "seen", model: .judge, cost: nil, durationSeconds: 1)
            ])
            try await workshop.reward(id)
            try await workshop.running([Router.self]) {
                let posted = try #require(try await workshop.posted(ReviewCompleted.self, reaching: 1).first)
                #expect(posted.body.taskID == id && posted.body.score == 0.5 && posted.body.criteria == ["depth": 0.5])
            }
            #expect(try await workshop.posted(EvaluationCompleted.self).isEmpty)
        }
    }

    @Test("a failure, and its publisher hears of it")
    func failure() async throws {
        try await Workshop.open(settings: settings) { workshop in
            let key = workshop.replyKey("crm")
            let assigned = try await workshop.assign(task(key))
            _ = try await workshop.store.executions.record([
                ExecutionRecord(
                    taskID: assigned.taskID, attempt: 1, agentID: .ada, durationSeconds: 1,
                    result: .failed(TaskFault(.costCapExceeded, "too dear"), final: true))
            ])
            try await workshop.running([Router.self]) {
                #expect(try await workshop.reply(at: key).error?.code == .costCapExceeded)
                let posted = try #require(try await workshop.posted(TaskFailed.self, reaching: 1).first)
                #expect(posted.body.final && posted.body.error.code == .costCapExceeded)
                #expect(posted.id == TaskFailed.id(of: assigned.taskID, attempt: 1).uuidString.lowercased())
            }
        }
    }

    @Test("an end whose reply went with the bus, though the statistics have the failure")
    func end() async throws {
        try await Workshop.open(settings: settings) { workshop in
            let key = workshop.replyKey("crm")
            let assigned = try await workshop.assign(task(key))
            let attempt = ExecutionRecord(
                taskID: assigned.taskID, attempt: 1, agentID: .ada, durationSeconds: 1,
                result: .failed(TaskFault(.costCapExceeded, "too dear"), final: true))
            _ = try await workshop.store.executions.record([attempt])
            _ = try await workshop.store.statistics.countFailures([attempt.key])
            try await workshop.reward(assigned.taskID)
            try await workshop.running([Router.self]) {
                #expect(try await workshop.reply(at: key).error?.code == .costCapExceeded)
                try await eventually("it is known to be told, and forgotten") {
                    try await workshop.database.pool.first(
                        """
                        select bool_and(told_at is not null) and not exists (select from republications)
                        from agent_tasks
                        """, as: Bool.self) == true
                }
            }
            let posted = try await workshop.posted(TaskFailed.self)
            #expect(Set(posted.map(\.id)) == [TaskFailed.idOfEnd(of: assigned.taskID).uuidString.lowercased()])
        }
    }

    @Test("the end of a task that somebody took back and could not tell")
    func takenBack() async throws {
        try await Workshop.open(settings: settings) { workshop in
            let key = workshop.replyKey("crm")
            let assigned = try await workshop.assign(task(key))
            _ = try await workshop.store.tasks.finish([
                Ending(taskID: assigned.taskID, fault: TaskFault(.cancelled, "not needed"))
            ])
            try await workshop.running([Router.self]) {
                let reply = try await workshop.reply(at: key)
                #expect(reply.status == .cancelled)
            }
        }
    }

    @Test("a score with its reply where it is in the ledger by another way, and nobody has heard of it")
    func unheard() async throws {
        try await Workshop.open(settings: settings) { workshop in
            let key = workshop.replyKey("crm")
            let evaluation = try await workshop.evaluate(workshop.complete(task(key)), accuracy: 1)
            try await workshop.reward(evaluation.taskID)
            try await workshop.running([Router.self]) {
                let reply = try await workshop.reply(at: key)
                #expect(reply.scores?.accuracy == 1)
            }
        }
    }

    @Test("a score without its reply where somebody has heard of it, for they went out together")
    func heard() async throws {
        try await Workshop.open(settings: settings) { workshop in
            let key = workshop.replyKey("crm")
            let evaluation = try await workshop.evaluate(workshop.complete(task(key)), accuracy: 1)
            _ = try await workshop.store.reviews.plan([ReviewPlan(taskID: evaluation.taskID, reviewers: [])])
            try await workshop.running([Router.self]) {
                _ = try await workshop.posted(EvaluationCompleted.self, reaching: 1)
            }
            #expect(try await workshop.replies(at: key).isEmpty)
        }
    }

    @Test("the latest replies, after a bus that may have lost some", arguments: [WorkshopBusKind.memory, .ownRedis])
    func lostReplies(_ kind: WorkshopBusKind) async throws {
        try await Workshop.open(on: kind, settings: settings) { workshop in
            let (done, ended) = (workshop.replyKey("done"), workshop.replyKey("ended"))
            let evaluation = try await workshop.evaluate(workshop.complete(task(done)), accuracy: 1)
            _ = try await workshop.store.reviews.plan([ReviewPlan(taskID: evaluation.taskID, reviewers: [])])
            try await workshop.reward(evaluation.taskID)
            let cancelled = try await workshop.assign(task(ended)).taskID
            _ = try await workshop.store.tasks.finish([
                Ending(taskID: cancelled, fault: TaskFault(.cancelled, "not needed"))
            ])
            try await workshop.store.tasks.markTold([cancelled])
            try await workshop.running([Router.self]) {
                try await eventually("the bus was seen") {
                    try await workshop.store.reconciler.incarnation() != nil
                }
                #expect(try await workshop.replies(at: done).isEmpty)
                try await workshop.bus.loseEverything()
                let (result, fault) = (try await workshop.reply(at: done), try await workshop.reply(at: ended))
                #expect(result.scores?.accuracy == 1 && fault.error?.code == .cancelled)
            }
        }
    }

    @Test("nothing, as long as all is well")
    func nothing() async throws {
        try await Workshop.open(settings: settings) { workshop in
            let evaluation = try await workshop.evaluate(workshop.complete(task()), accuracy: 1)
            _ = try await workshop.store.reviews.plan([ReviewPlan(taskID: evaluation.taskID, reviewers: [])])
            try await workshop.reward(evaluation.taskID)
            try await workshop.running([Router.self]) {
                try await eventually(within: .seconds(30), "every hop was looked at since") {
                    try await workshop.database.pool.first(
                        """
                        select bool_and(passed > (select scored_at from agent_performance_scores)) as looked
                        from reconciler_marks
                        """, as: Bool.self) == true
                }
            }
            for topic in Topic.all where !topic.groups.isEmpty && !topic.isLaned {
                #expect(try await workshop.bus.entries(of: workshop.key(topic)).isEmpty, "\(topic.name)")
            }
            #expect(try await workshop.database.counts(["republications"]) == ["republications": 0])
        }
    }
}

extension Workshop {
    fileprivate func reward(_ task: TaskID) async throws {
        try await database.pool.run(
            """
            insert into rewards (task_id, agent_id, reward, penalty, attainable)
            values (\(task.uuid)::uuid, 'ada', 1, 0, 1)
            """)
    }

    /// Takes what waits for a group and is gone with it: everybody is past it then.
    fileprivate func loseWhatWaits(_ topic: Topic, for group: String) async throws {
        let (transport, member) = (bus.transport, GroupMember(group: group, consumer: "gone"))
        try await transport.prepare([topic])
        let turns = transport.streams(of: topic).map { FetchRequest.Turn($0, 9) }
        try await eventually("it is taken") {
            let taken = try await transport.fetch(FetchRequest(turns, limit: 9), as: member)
            try await transport.settle(taken.map { Settlement($0, .done(publish: [])) }, as: member)
            return !taken.isEmpty
        }
    }
}
