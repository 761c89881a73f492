import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneTestKit
import Testing

@testable import Router

/// A submission that cannot even be read as a task.
struct BadMessage: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var data: String
    var code: ErrorCode = .invalidMessage
    /// A part of the reason, which names the place.
    var reason: String
    /// Whether it names a reply key that can be made out.
    var isAnswered = true

    static let all = [
        BadMessage(
            testDescription: "malformed JSON", data: #"{"input": "x", "reply_to": "REPLY""#,
            reason: "expected JSON in UTF-8", isAnswered: false),
        BadMessage(
            testDescription: "not an object", data: #"["input"]"#, reason: "the document", isAnswered: false),
        BadMessage(
            testDescription: "an input that is a number", data: #"{"input": 5, "reply_to": "REPLY"}"#,
            reason: "input: expected a text that is not empty, or an object, found 5"),
        BadMessage(
            testDescription: "no input", data: #"{"reply_to": "REPLY"}"#, reason: "input: expected a value (required)"),
        BadMessage(
            testDescription: "a priority that is a text",
            data: #"{"input": "x", "priority": "high", "reply_to": "REPLY"}"#, reason: "priority: expected an integer"),
        BadMessage(
            testDescription: "a priority out of range", data: #"{"input": "x", "priority": 11, "reply_to": "REPLY"}"#,
            reason: "priority: expected a value from 0 to 9, found 11"),
        BadMessage(
            testDescription: "an allow list that is a text",
            data: #"{"input": "x", "constraints": {"agents": "ada"}, "reply_to": "REPLY"}"#,
            reason: "constraints.agents: expected an array"),
        BadMessage(
            testDescription: "a deadline that is no time",
            data: #"{"input": "x", "deadline": "tomorrow", "reply_to": "REPLY"}"#,
            reason: "deadline: expected an RFC 3339 time"),
        BadMessage(
            testDescription: "a task id that is no UUID",
            data: #"{"input": "x", "task_id": "one", "reply_to": "REPLY"}"#, reason: "task_id: expected"),
        BadMessage(
            testDescription: "two ways to check", reason: "expected",
            expected: #"{"choice": "a", "equals": "a"}"#),
        BadMessage(
            testDescription: "a message that is too large",
            data: #"{"reply_to": "REPLY", "input": ""# + String(repeating: "x", count: 5_000) + #""}"#,
            code: .messageTooLarge, reason: "data: expected at most 4096 bytes, found"),
        BadMessage(
            testDescription: "a reply key of ours", data: #"{"input": "x", "reply_to": "hone:tasks.completed"}"#,
            reason: "reply_to: expected a key that starts with", isAnswered: false),
        BadMessage(
            testDescription: "a reply key of somebody else", data: #"{"input": "x", "reply_to": "elsewhere"}"#,
            reason: "reply_to: expected a key that starts with", isAnswered: false),
    ]
}

extension BadMessage {
    init(testDescription: String, reason: String, expected: String) {
        self.init(
            testDescription: testDescription,
            data: #"{"input": "x", "expected": \#(expected), "reply_to": "REPLY"}"#, reason: reason)
    }
}

@Suite("Submissions that cannot be read", .timeLimit(.minutes(3)))
struct BadInputTests {
    @Test("each becomes a dead letter, is answered where it says so, and disturbs nothing", arguments: BadMessage.all)
    func refused(_ bad: BadMessage) async throws {
        try await Workshop.open(settings: ["HONE_MAX_MESSAGE_BYTES": "4096"]) { workshop in
            let key = workshop.replyKey("bad")
            try await workshop.running([Router.self]) {
                try await workshop.publish(
                    bad.data.replacing("REPLY", with: key), to: .tasksSubmitted)
                try await workshop.submit(["input": "good", "category": "analysis"])
                let letter = try #require(try await workshop.deadLetters(reaching: 1).first)
                #expect(letter.code == bad.code.rawValue)
                #expect(letter.reason.contains(bad.reason), "\(letter.reason)")
                #expect(letter.stream == workshop.key(.tasksSubmitted) && letter.group == "router")
                _ = try await workshop.posted(TaskAssigned.self, reaching: 1)
            }
            let replies = try await workshop.replies(at: key).map(\.body)
            #expect(replies.map(\.error?.code) == (bad.isAnswered ? [bad.code] : []))
            #expect(replies.allSatisfy { $0.status == .failed && $0.taskID != nil })
            #expect(try await workshop.deadLetters().count == 1)
            #expect(try await workshop.posted(TaskAssigned.self).map(\.body.task.input) == ["good"])
            #expect(try await workshop.database.counts(["agent_tasks"]) == ["agent_tasks": 1])
            #expect(try await workshop.bus.entries(of: "elsewhere").isEmpty)
            #expect(try await workshop.bus.entries(of: workshop.key(.tasksCompleted)).isEmpty)
        }
    }

    @Test("a key that the operator allows is answered, whatever its name")
    func allowedKey() async throws {
        try await Workshop.open(settings: ["HONE_REPLY_KEYS": "crm-answers,other"]) { workshop in
            try await workshop.running([Router.self]) {
                try await workshop.submit(["input": 5, "reply_to": "crm-answers", "metadata": ["ticket": 12]])
                let reply = try await workshop.reply(at: "crm-answers")
                #expect(reply.error?.code == .invalidMessage)
                #expect(reply.metadata == ["ticket": 12])
            }
        }
    }
}
