import HoneCore
import Testing

@testable import Router

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
