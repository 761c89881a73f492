import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import ScriptedModel
import Testing

@testable import Executor

/// A way in which a model can let an agent down.
struct BadModel: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var reply: ScriptedReply
    var code: ErrorCode
    /// Whether another agent may still do it.
    var isRetryable: Bool
    var reason: String
    var maxDuration: Double?

    private static let words = "one two three four"

    static let all = [
        BadModel(
            testDescription: "garbage", reply: .misbehaving(.garbage), code: .modelError, isRetryable: true,
            reason: "the answer is unusable"),
        BadModel(
            testDescription: "a refusal", reply: .misbehaving(.refusal), code: .modelError, isRetryable: false,
            reason: "the model refused to answer"),
        BadModel(
            testDescription: "nothing", reply: .misbehaving(.empty), code: .modelError, isRetryable: false,
            reason: "its answer is empty"),
        BadModel(
            testDescription: "silence", reply: .misbehaving(.hang), code: .timeout, isRetryable: true, reason: "time",
            maxDuration: 0.6),
        BadModel(
            testDescription: "half an answer, then silence", reply: ScriptedReply(text: words, misbehaviour: .stall),
            code: .timeout, isRetryable: true, reason: "time", maxDuration: 0.6),
        BadModel(
            testDescription: "half an answer", reply: ScriptedReply(text: words, misbehaviour: .halfStream),
            code: .modelError, isRetryable: true, reason: "broke off before its end"),
        BadModel(
            testDescription: "half an answer, then a lost connection",
            reply: ScriptedReply(text: words, misbehaviour: .cutStream), code: .modelError, isRetryable: true,
            reason: "broke off before its end"),
        BadModel(
            testDescription: "401", reply: .status(401), code: .modelError, isRetryable: false,
            reason: "the endpoint refused access (401)"),
        BadModel(
            testDescription: "404", reply: .status(404), code: .modelError, isRetryable: false,
            reason: "the endpoint knows no such model"),
        BadModel(
            testDescription: "429", reply: .status(429), code: .modelRateLimited, isRetryable: true,
            reason: "limits the rate of calls"),
        BadModel(
            testDescription: "500", reply: .status(500), code: .modelUnavailable, isRetryable: true,
            reason: "the endpoint answered 500"),
    ]
}

@Suite("Models that let an agent down", .timeLimit(.minutes(4)))
struct BadModelTests {
    @Test(
        "each is a failed attempt with its code and reason, on record, and disturbs no other task",
        arguments: BadModel.all)
    func fails(_ bad: BadModel) async throws {
        try await Workshop.open { workshop in
            workshop.models.alpha.replace(script: .always(bad.reply))
            let constraints = bad.maxDuration.map { TaskConstraints(maxDuration: $0) }
            let key = workshop.replyKey("doomed")
            let doomed = try await workshop.assign(
                TaskSubmitted(
                    input: "x", category: .analysis, constraints: constraints, metadata: ["order": 7], replyTo: key))
            let good = try await workshop.assign(TaskSubmitted(input: "y", category: .analysis), to: .bob)
            try await workshop.running([Executor.self]) {
                try await workshop.send(doomed)
                try await workshop.send(good)
                let failed = try #require(try await workshop.posted(TaskFailed.self, reaching: 1).first).body
                #expect(failed.taskID == doomed.taskID && failed.agentID == .ada && failed.attempt == 1)
                #expect(failed.error.code == bad.code && failed.error.retryable == bad.isRetryable)
                #expect(failed.error.message.contains(bad.reason), "\(failed.error.message)")
                #expect(failed.final == !bad.isRetryable)
                try await workshop.task(good.taskID, is: .completed)
            }
            let detail = try await workshop.detail(doomed.taskID)
            #expect(detail.task.status == (bad.isRetryable ? .running : .failed))
            #expect(detail.task.awaitsRouting == bad.isRetryable)
            let execution = try #require(detail.executions.first)
            #expect(execution.fault?.code == bad.code && detail.executions.count == 1)
            #expect(execution.nodes.map(\.name) == ["render", "model"])
            #expect(execution.nodes.map(\.success) == [true, false] && execution.nodes[1].error != nil)
            #expect(try await workshop.posted(TaskCompleted.self).map(\.body.taskID) == [good.taskID])
            #expect(try await workshop.posted(TaskFailed.self).count == 1)
            #expect(try await workshop.deadLetters().isEmpty)
            let replies = try await workshop.replies(at: key)
            #expect(replies.count == (bad.isRetryable ? 0 : 1), "its publisher hears of an end, and of nothing else")
            #expect(replies.allSatisfy { $0.body.error?.code == bad.code && $0.body.metadata == ["order": 7] })
        }
    }

    @Test("an answer that is garbage once is asked for again, and both calls are counted")
    func mended() async throws {
        try await Workshop.open { workshop in
            workshop.models.alpha.replace(script: .first(1, .misbehaving(.garbage), then: .text("positive")))
            let assigned = try await workshop.assign(TaskSubmitted(input: "x", category: .analysis))
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                let completed = try #require(try await workshop.posted(TaskCompleted.self, reaching: 1).first).body
                #expect(completed.output == "positive" && completed.usage.llmCalls == 2)
            }
        }
    }
}

@Suite("Assignments that cannot be carried out", .timeLimit(.minutes(3)))
struct BadAssignmentTests {
    @Test("an unreadable assignment is a dead letter and disturbs nothing")
    func unreadable() async throws {
        try await Workshop.open { workshop in
            let good = try await workshop.assign(TaskSubmitted(input: "y", category: .analysis))
            try await workshop.running([Executor.self]) {
                let key = workshop.key(.tasksAssigned, .standard)
                for data in ["{", #"{"input": "x"}"#] {
                    try await workshop.bus.add(Envelope([.init(Attribute.data, data)]), to: key)
                }
                try await workshop.send(good)
                try await workshop.task(good.taskID, is: .completed)
                let letters = try await workshop.deadLetters(reaching: 2)
                #expect(letters.map(\.code) == ["invalid_message", "invalid_message"])
            }
            #expect(try await workshop.posted(TaskFailed.self).isEmpty)
        }
    }

    @Test("an assignment that kills its executors becomes a failed attempt, so that another agent may try")
    func poison() async throws {
        try await Workshop.open { workshop in
            let assigned = try await workshop.assign(TaskSubmitted(input: "x", category: .analysis))
            try await workshop.running([Executor.self]) {
                let data = String(decoding: try WireFormat.encode(assigned), as: UTF8.self)
                try await workshop.bus.add(
                    Envelope([.init(Attribute.data, data), .init(Attribute.deliveries, "99")]),
                    to: workshop.key(.tasksAssigned, .standard))
                let failed = try #require(try await workshop.posted(TaskFailed.self, reaching: 1).first).body
                #expect(failed.taskID == assigned.taskID && failed.error.code == .internal && !failed.final)
                #expect(try await workshop.deadLetters(reaching: 1).map(\.code) == ["internal"])
            }
            #expect(workshop.models.alpha.requests.isEmpty)
            #expect(try await workshop.detail(assigned.taskID).task.awaitsRouting)
        }
    }

    @Test(
        "an agent without a model, of another kind, or with a broken prompt fails its attempt only",
        arguments: [
            (Agent(id: .named("eve"), specialization: [.analysis]), PromptTemplate(), ErrorCode.modelUnavailable),
            (Agent(id: .named("eve"), type: .webhook, model: .alpha), PromptTemplate(), .toolError),
            (Agent(id: .named("eve"), model: .alpha), PromptTemplate(user: "{% if %}"), .internal),
        ])
    func helpless(_ agent: Agent, _ prompt: PromptTemplate, _ code: ErrorCode) async throws {
        try await Workshop.open { workshop in
            try await workshop.store.hire(agent, prompt: prompt)
            let assigned = try await workshop.assign(TaskSubmitted(input: "x", category: .analysis), to: agent.id)
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                let failed = try #require(try await workshop.posted(TaskFailed.self, reaching: 1).first).body
                #expect(failed.error.code == code && !failed.final)
            }
            #expect(workshop.models.alpha.requests.isEmpty)
        }
    }
}
