import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import ScriptedModel
import Testing

@testable import Evaluator
@testable import Executor
@testable import Router

/// What a task meets until its publisher is answered.
private let services: [any ServiceDefinition.Type] = [Router.self, Executor.self, Evaluator.self]

/// A fault that another agent may mend.
struct PassingFault: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var reply: ScriptedReply
    var code: ErrorCode
    var constraints: JSONValue = [:]

    static let all = [
        PassingFault(testDescription: "garbage", reply: .misbehaving(.garbage), code: .modelError),
        PassingFault(
            testDescription: "half an answer",
            reply: ScriptedReply(text: "one two three four", misbehaviour: .halfStream), code: .modelError),
        PassingFault(
            testDescription: "silence", reply: .misbehaving(.hang), code: .timeout, constraints: ["max_duration": 0.6]),
        PassingFault(testDescription: "429", reply: .status(429), code: .modelRateLimited),
        PassingFault(testDescription: "500", reply: .status(500), code: .modelUnavailable),
    ]

    func task(answeredAt key: String) -> JSONValue {
        ["input": "x", "category": "analysis", "reply_to": .string(key), "constraints": constraints]
    }
}

@Suite("From one agent to the next", .timeLimit(.minutes(3)))
struct FailOverTests {
    @Test("when one agent's model fails, the next best agent does the work", arguments: PassingFault.all)
    func failsOver(_ fault: PassingFault) async throws {
        try await Workshop.open { workshop in
            workshop.models.alpha.replace(script: .always(fault.reply))
            let key = workshop.replyKey("over")
            try await workshop.running(services) {
                try await workshop.submit(fault.task(answeredAt: key))
                let reply = try await workshop.reply(at: key)
                #expect(reply.status == .completed && reply.agentID == .bob && reply.output == "negative")
                let detail = try await workshop.detail(try #require(reply.taskID))
                #expect(detail.task.attempt == 2 && detail.decisions.map(\.agentID) == [.ada, .bob])
                #expect(detail.executions.map(\.fault?.code) == [fault.code, nil])
                #expect(detail.score?.agentID == .bob)
            }
            #expect(try await workshop.replies(at: key).count == 1)
            #expect(try await workshop.deadLetters().isEmpty)
        }
    }

    @Test("a task that names no category is anybody's after a failure, too")
    func withoutCategory() async throws {
        try await Workshop.open { workshop in
            workshop.models.alpha.replace(script: .always(.misbehaving(.garbage)))
            let key = workshop.replyKey("over")
            try await workshop.running(services) {
                try await workshop.submit(["input": "x", "reply_to": .string(key)])
                let reply = try await workshop.reply(at: key)
                #expect(reply.status == .completed && reply.agentID == .bob && reply.output == "negative")
            }
        }
    }

    @Test("when every agent has failed, the publisher hears why, once", arguments: PassingFault.all)
    func exhausted(_ fault: PassingFault) async throws {
        try await Workshop.open { workshop in
            workshop.models.alpha.replace(script: .always(fault.reply))
            workshop.models.beta.replace(script: .always(fault.reply))
            let key = workshop.replyKey("out")
            try await workshop.running(services) {
                try await workshop.submit(fault.task(answeredAt: key))
                let reply = try await workshop.reply(at: key)
                #expect(reply.status == .failed && reply.error?.code == fault.code && reply.agentID == .bob)
                #expect(try #require(reply.error?.message).contains("model beta:"))
                let detail = try await workshop.detail(try #require(reply.taskID))
                #expect(detail.task.status == .failed && detail.task.errorCode == fault.code)
                #expect(detail.executions.map(\.fault?.code) == [fault.code, fault.code] && detail.score == nil)
                try await workshop.quiet(.tasksFailed, "router")
            }
            #expect(try await workshop.replies(at: key).count == 1)
            #expect(try await workshop.posted(TaskFailed.self).map(\.body.final) == [false, false, true])
            #expect(try await workshop.deadLetters().isEmpty)
        }
    }

    @Test(
        "what no other agent would mend ends at once",
        arguments: [
            ScriptedReply.misbehaving(.refusal), .status(401), .status(404),
        ])
    func hopeless(_ answer: ScriptedReply) async throws {
        try await Workshop.open { workshop in
            workshop.models.alpha.replace(script: .always(answer))
            let key = workshop.replyKey("end")
            try await workshop.running(services) {
                try await workshop.submit(["input": "x", "category": "analysis", "reply_to": .string(key)])
                let reply = try await workshop.reply(at: key)
                #expect(reply.status == .failed && reply.error?.code == .modelError && reply.agentID == .ada)
                try await workshop.task(try #require(reply.taskID), is: .failed)
                try await workshop.quiet(.tasksFailed, "router")
            }
            #expect(workshop.models.beta.requests.isEmpty)
            #expect(try await workshop.replies(at: key).count == 1)
            #expect(try await workshop.posted(TaskFailed.self).map(\.body.final) == [true])
        }
    }
}
