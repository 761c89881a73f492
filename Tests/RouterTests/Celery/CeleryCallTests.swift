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
