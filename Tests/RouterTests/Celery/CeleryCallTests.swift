import Foundation
import HoneCore
import HoneMessages
import Testing

@testable import Router

@Suite("What a Celery client asks for")
struct CeleryCallTests {
    private func task(_ message: CeleryMessage) throws -> TaskSubmitted {
        try CeleryCall(message).task(replyingTo: "hone:replies.celery")
    }

    @Test("a message as Celery sends it is a task under the same id, whose reply comes to the bridge")
    func plain() throws {
        let task = try task(CelerySample.message)
        #expect(task.input == "hi é" && task.taskID?.description == CelerySample.id)
        #expect(task.replyTo == "hone:replies.celery" && task.priority == nil && task.deadline == nil)
        #expect(task.metadata == ["celery": ["id": .string(CelerySample.id)]] && task.constraints == nil)
    }

    @Test("the keyword arguments are the task's fields; a positional one is the input")
    func fields() throws {
        let keywords: [String: JSONValue] = [
            "category": "analysis", "priority": 8, "expected": ["choice": "a"], "metadata": ["order": 7],
            "colour": "blue", "constraints": ["max_cost": 0.5],
        ]
        let task = try task(CelerySample.message(CelerySample.body(["look at this"], keywords)))
        #expect(task.input == "look at this" && task.category?.rawValue == "analysis" && task.priority == 8)
        #expect(task.expected != nil && task.constraints?.maxCost == 0.5 && task.unknown == ["colour": "blue"])
        #expect(task.metadata == ["order": 7, "celery": ["id": .string(CelerySample.id)]])
    }

    @Test("times, UUIDs and decimals arrive as the texts that kombu wrapped")
    func wrapped() throws {
        let keywords: [String: JSONValue] = [
            "input": "x", "deadline": ["__type__": "datetime", "__value__": "2030-01-02T03:04:05.500901+02:00"],
            "user_id": ["__type__": "uuid", "__value__": ["hex": "fa643a54cf2e4b3d800573ca5f8d8640"]],
            "metadata": ["price": ["__type__": "decimal", "__value__": "1.50"]],
        ]
        let task = try task(CelerySample.message(CelerySample.body([], keywords)))
        #expect(task.deadline.map(WireFormat.text) == "2030-01-02T01:04:05.500Z")
        #expect(task.userID == CelerySample.id && task.metadata?["price"] == "1.50")
    }

    @Test("expires is a deadline, the earlier of two counts, and a time limit is a longest duration")
    func limits() throws {
        let headers: [String: JSONValue] = ["expires": "2030-01-01T00:00:00.5", "timelimit": [30, 20]]
        let alone = try task(CelerySample.message(headers: headers))
        #expect(alone.deadline.map(WireFormat.text) == "2030-01-01T00:00:00.500Z")
        #expect(alone.constraints?.maxDuration == 30)
        let keywords: [String: JSONValue] = [
            "input": "x", "deadline": "2029-01-01T00:00:00Z", "constraints": ["max_duration": 5],
        ]
        let both = try task(CelerySample.message(CelerySample.body([], keywords), headers: headers))
        #expect(both.deadline.map(WireFormat.text) == "2029-01-01T00:00:00.000Z")
        #expect(both.constraints?.maxDuration == 5)
    }

    @Test("Celery's steps of priority go from our default down", arguments: [(0, nil), (3, 3), (6, 2), (9, 0)])
    func priorities(_ celery: Int, _ ours: Int?) throws {
        let task = try task(CelerySample.message(properties: ["priority": .integer(Int64(celery))]))
        #expect(task.priority == ours)
    }

    @Test("an id that is no UUID gives an id of ours, always the same, and comes back in the metadata")
    func customID() throws {
        let message = try CelerySample.message(
            headers: ["id": "order-17", "group": "g", "parent_id": "p"])
        let (first, second) = (try task(message), try task(message))
        #expect(first.taskID != nil && first.taskID == second.taskID)
        #expect(CeleryOrigin(in: first.metadata) == CeleryOrigin(id: "order-17", group: "g", parent: "p"))
    }

    @Test("a client that wants no result may name a stream for the reply")
    func ignoredResult() throws {
        let body = CelerySample.body([], ["input": "x", "reply_to": "hone:replies.crm"])
        let task = try task(CelerySample.message(body, headers: ["ignore_result": true]))
        #expect(task.replyTo == "hone:replies.crm")
    }

    @Test("what cannot be honoured is refused, with the place and the reason", arguments: BadCall.all)
    func refused(_ bad: BadCall) throws {
        let fault = #expect(throws: InvalidValue.self) { try task(bad.message()) }
        #expect(fault?.description == bad.reason)
    }
}

/// A message that the bridge cannot honour.
struct BadCall: Sendable, CustomTestStringConvertible {
    let reason: String
    let message: @Sendable () throws -> CeleryMessage

    var testDescription: String { reason }

    private init(_ reason: String, _ message: @escaping @Sendable () throws -> CeleryMessage) {
        self.reason = reason
        self.message = message
    }

    private static func body(_ reason: String, _ body: JSONValue) -> BadCall {
        BadCall(reason) { try CelerySample.message(body) }
    }

    private static func keywords(_ reason: String, _ keywords: [String: JSONValue]) -> BadCall {
        body(reason, CelerySample.body([], keywords))
    }

    static let all =
        envelopes + bodies + [
            keywords("kwargs.input: expected a value (required), found nothing", ["category": "analysis"]),
            keywords("kwargs.priority: expected an integer, found \"high\"", ["input": "x", "priority": "high"]),
            keywords(
                "kwargs.input: expected a text that is not empty, or an object, found \"\"", ["input": ""]),
            keywords(
                "kwargs.task_id: expected nothing, or \"\(CelerySample.id)\", found \"mine\"",
                ["input": "x", "task_id": "mine"]),
            keywords(
                "kwargs.reply_to: expected nothing, or \"hone:replies.celery\", found \"hone:replies.crm\"",
                ["input": "x", "reply_to": "hone:replies.crm"]),
            keywords(
                "kwargs.metadata.celery: expected nothing: the bridge's own, found 1",
                ["input": "x", "metadata": ["celery": 1]]),
        ]

    private static let envelopes = [
        BadCall("headers.task: expected a task's name (message protocol 2), found nothing") {
            try CelerySample.message(members: ["headers": [:]])
        },
        BadCall("headers.task: expected hone.submit, found \"tasks.add\"") {
            try CelerySample.message(headers: ["task": "tasks.add"])
        },
        BadCall("headers.id: expected a text of 1 to 256 bytes, found a string of 300 characters") {
            try CelerySample.message(headers: ["id": .string(String(repeating: "x", count: 300))])
        },
        BadCall("content-type: expected application/json, found \"application/x-python-serialize\"") {
            try CelerySample.message(members: ["content-type": "application/x-python-serialize"])
        },
        BadCall("content-encoding: expected utf-8, found \"binary\"") {
            try CelerySample.message(members: ["content-encoding": "binary"])
        },
        BadCall("headers.compression: expected none, found \"application/x-gzip\"") {
            try CelerySample.message(headers: ["compression": "application/x-gzip"])
        },
        BadCall("headers.expires: expected an ISO 8601 time, found \"soon\"") {
            try CelerySample.message(headers: ["expires": "soon"])
        },
        BadCall("headers.eta: expected an ISO 8601 time, found 5") { try CelerySample.message(headers: ["eta": 5]) },
        BadCall("properties.body_encoding: expected base64, found \"hex\"") {
            try CelerySample.message(properties: ["body_encoding": "hex"])
        },
        BadCall("body: expected a string, found null") { try CelerySample.message(members: ["body": .null]) },
        BadCall("body: expected base64, found \"***\"") { try CelerySample.message(members: ["body": "***"]) },
        BadCall("body: expected JSON in UTF-8, found 3 other bytes") {
            try CelerySample.message(members: ["body": "AAEC"])
        },
    ]

    private static let bodies = [
        body("body: expected [args, kwargs, embed] (message protocol 2), found an object", ["task": "hone.submit"]),
        body("args: expected at most one, the input, found an array of 2", CelerySample.body(["a", "b"], [:])),
        body("kwargs.input: expected nothing beside a positional input, found \"x\"", CelerySample.body(["a"])),
        body(
            "embed.chain: expected nothing: only single tasks and groups are taken, found an array of 1",
            CelerySample.body(embed: ["chain": [["task": "next"]]])),
        body(
            "embed.chord: expected nothing: only single tasks and groups are taken, found an object",
            CelerySample.body(embed: ["chord": ["task": "join"]])),
    ]
}

@Suite("Python's times")
struct PythonTimeTests {
    @Test(
        "are read with any fraction and offset; without one they are UTC",
        arguments: [
            ("2026-11-21T09:01:00.370729+00:00", "2026-11-21T09:01:00.370Z"),
            ("2026-11-21T10:00:30.371398", "2026-11-21T10:00:30.371Z"),
            ("2026-11-21 10:00:30", "2026-11-21T10:00:30.000Z"), ("2026-11-21T10:00:30.5Z", "2026-11-21T10:00:30.500Z"),
            ("2026-11-21T00:00:00-03:30", "2026-11-21T03:30:00.000Z"),
        ])
    func read(_ text: String, _ expected: String) {
        #expect(PythonTime.date(from: text).map(WireFormat.text) == expected)
    }

    @Test("anything else is no time", arguments: ["", "soon", "2026-11-21", "2026-13-41T10:00:00", "10:00:00"])
    func refused(_ text: String) {
        #expect(PythonTime.date(from: text) == nil)
    }

    @Test("are written with an offset in digits")
    func written() {
        #expect(PythonTime.text(of: Date(timeIntervalSince1970: 0.25)) == "1970-01-01T00:00:00.250+00:00")
    }
}
