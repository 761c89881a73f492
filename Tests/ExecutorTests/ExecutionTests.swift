import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import ScriptedModel
import Testing

@testable import Executor

@Suite("Executing", .timeLimit(.minutes(3)))
struct ExecutionTests {
    private let question = TaskSubmitted(input: "great phone", category: .analysis)

    @Test("the agent's model is asked with its prompt, and every step of the attempt is on record")
    func completes() async throws {
        try await Workshop.open { workshop in
            let assigned = try await workshop.assign(question)
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                let completed = try #require(try await workshop.posted(TaskCompleted.self, reaching: 1).first).body
                #expect(completed.taskID == assigned.taskID && completed.agentID == .ada && completed.attempt == 1)
                #expect(completed.output == "positive" && completed.model == .alpha)
                #expect(completed.promptID == assigned.promptID && completed.finishReason == "stop")
                #expect(completed.nodes.map(\.name) == ["render", "model", "parse"])
                #expect(completed.nodes.allSatisfy { $0.success && $0.error == nil })
                #expect(completed.nodes[1].tokens == completed.usage.totalTokens && completed.usage.llmCalls == 1)
                #expect(try #require(completed.costUSD) > 0 && completed.timeToFirstTokenSeconds != nil)
                let detail = try await workshop.detail(assigned.taskID)
                #expect(detail.task.status == .completed && detail.task.output == "positive")
                let execution = try #require(detail.executions.first)
                #expect(execution.nodes == completed.nodes && execution.cost?.dollars == completed.costUSD)
                #expect(execution.temperature == 0 && execution.usage == completed.usage)
            }
            let request = try #require(workshop.models.alpha.requests.first)
            #expect(request.systemText == "Answer in one word." && request.lastUserText == "great phone")
            #expect(request.model == "wire-alpha" && request.body["temperature"]?.double == 0)
        }
    }

    @Test("watchers get the tokens as they come, then the nodes and the end")
    func progress() async throws {
        try await Workshop.open { workshop in
            workshop.models.alpha.replace(script: .always(.text("one two three")))
            let assigned = try await workshop.assign(question)
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                _ = try await workshop.posted(TaskCompleted.self, reaching: 1)
            }
            let progress = try await workshop.posted(ProgressMade.self).map(\.body)
            #expect(progress.allSatisfy { $0.subjectID == assigned.taskID.description && $0.agentID == .ada })
            let tokens = progress.filter { $0.kind == .token }.compactMap(\.message)
            #expect(tokens.count == 3 && tokens.joined() == "one two three")
            #expect(progress.filter { $0.kind == .node }.map(\.message) == ["render", "model", "parse"])
            #expect(progress.filter { $0.kind == .state }.map(\.message) == ["running", "completed"])
        }
    }

    @Test("of an attempt that people wait for, and that is not the task's own, nobody hears")
    func unheard() async throws {
        try await Workshop.open { workshop in
            let question = TaskSubmitted(input: "great phone", taskID: .new(), category: .analysis, priority: 9)
            let assigned = try await workshop.assign(question)
            _ = try await workshop.assign(question, to: .bob, attempt: 2)
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                try await workshop.quiet(.tasksAssigned, "executor")
                #expect(try await workshop.models.alpha.reaches { $0.inFlight == 0 })
            }
            #expect(try await workshop.posted(ProgressMade.self).isEmpty)
            #expect(try await workshop.posted(TaskCompleted.self).isEmpty)
            #expect(try await workshop.detail(assigned.taskID).executions.isEmpty)
            #expect(try await workshop.detail(assigned.taskID).task.status == .routed)
        }
    }

    @Test("what people wait for is done as everything else, and delivered again changes nothing")
    func interactive() async throws {
        try await Workshop.open { workshop in
            let assigned = try await workshop.assign(
                TaskSubmitted(input: "great phone", category: .analysis, priority: 9))
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                let first = try #require(try await workshop.posted(TaskCompleted.self, reaching: 1).first)
                let record = try await workshop.detail(assigned.taskID).task
                #expect(record.status == .completed && record.output == "positive")
                try await workshop.redeliver(.tasksAssigned, .interactive)
                let again = try await workshop.posted(TaskCompleted.self, reaching: 2)
                #expect(again.map(\.id) == [first.id, first.id] && again[1].body.output == "positive")
                #expect(try await workshop.detail(assigned.taskID).task.movedAt == record.movedAt)
            }
            let told = try await workshop.posted(ProgressMade.self).map(\.body)
            #expect(told.filter { $0.kind == .state }.map(\.message) == ["running", "completed"])
            let summary = try #require(told.last?.summary)
            #expect(summary.bytes == "positive".utf8.count && summary.finishReason == "stop")
        }
    }

    @Test("an assignment delivered again changes no row, asks no model and repeats the same result")
    func redelivered() async throws {
        try await Workshop.open { workshop in
            let assigned = try await workshop.assign(question)
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                let first = try #require(try await workshop.posted(TaskCompleted.self, reaching: 1).first)
                let tables = ["executions", "agent_node_performance", "agent_tasks"]
                let (before, record) = try await (
                    workshop.database.counts(tables), workshop.detail(assigned.taskID).task
                )
                try await workshop.redeliver(.tasksAssigned, .standard)
                let again = try await workshop.posted(TaskCompleted.self, reaching: 2)
                #expect(again.map(\.id) == [first.id, first.id])
                #expect(again[1].body.output == first.body.output && again[1].body.nodes == first.body.nodes)
                #expect(try await workshop.database.counts(tables) == before)
                #expect(try await workshop.detail(assigned.taskID).task.movedAt == record.movedAt)
            }
            #expect(workshop.models.alpha.requests.count == 1)
        }
    }

    @Test("a failed attempt delivered again is told again, not tried again")
    func redeliveredFailure() async throws {
        try await Workshop.open { workshop in
            workshop.models.alpha.replace(script: .first(1, .status(401), then: .text("positive")))
            let assigned = try await workshop.assign(question)
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                let first = try #require(try await workshop.posted(TaskFailed.self, reaching: 1).first)
                try await workshop.redeliver(.tasksAssigned, .standard)
                let again = try await workshop.posted(TaskFailed.self, reaching: 2)
                #expect(again.map(\.id) == [first.id, first.id])
                #expect(again[1].body.error == first.body.error && again[1].body.final)
            }
            #expect(workshop.models.alpha.requests.count == 1)
            #expect(try await workshop.database.counts(["executions"]) == ["executions": 1])
        }
    }

    @Test("a result that comes after the task has ended is refused")
    func fenced() async throws {
        try await Workshop.open { workshop in
            workshop.models.alpha.replace(
                script: .always(ScriptedReply(text: "late", firstTokenDelayMilliseconds: 400)))
            let assigned = try await workshop.assign(question)
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                #expect(try await workshop.models.alpha.reaches { $0.inFlight == 1 })
                _ = try await workshop.store.tasks.finish([
                    Ending(taskID: assigned.taskID, fault: TaskFault(.cancelled, "no longer wanted"))
                ])
                try await workshop.quiet(.tasksAssigned, "executor")
            }
            let detail = try await workshop.detail(assigned.taskID)
            #expect(detail.task.status == .cancelled && detail.task.output == nil && detail.executions.isEmpty)
            #expect(try await workshop.posted(TaskCompleted.self).isEmpty)
            #expect(try await workshop.posted(TaskFailed.self).isEmpty)
        }
    }

    @Test("an attempt that is not the task's own is not begun")
    func superseded() async throws {
        try await Workshop.open { workshop in
            var assigned = try await workshop.assign(question)
            assigned.attempt = 2
            let stale = assigned
            try await workshop.running([Executor.self]) {
                try await workshop.send(stale)
                try await workshop.quiet(.tasksAssigned, "executor")
            }
            #expect(workshop.models.alpha.requests.isEmpty)
            #expect(try await workshop.detail(assigned.taskID).task.status == .routed)
            #expect(try await workshop.posted(TaskFailed.self).isEmpty)
        }
    }

    @Test("fields that nobody here knows do no harm, and an object is shown as JSON")
    func unknownFields() async throws {
        try await Workshop.open { workshop in
            var task = TaskSubmitted(input: ["text": "fine"], category: .analysis)
            task.unknown = ["colour": ["blue", 3]]
            let assigned = try await workshop.assign(task)
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                _ = try await workshop.posted(TaskCompleted.self, reaching: 1)
            }
            #expect(try #require(workshop.models.alpha.requests.first).lastUserText.contains("fine"))
        }
    }

    @Test("a pin names the model and the seed")
    func pins() async throws {
        try await Workshop.open { workshop in
            var task = question
            task.pin = TaskPin(model: .beta, seed: 41)
            let assigned = try await workshop.assign(task)
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                let completed = try #require(try await workshop.posted(TaskCompleted.self, reaching: 1).first).body
                #expect(completed.model == .beta && completed.output == "negative" && completed.agentID == .ada)
            }
            #expect(workshop.models.beta.requests.first?.body["seed"]?.int == 41)
        }
    }
}
