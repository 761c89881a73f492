import Foundation
import HTTP
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import TestServers
import Testing

@testable import Executor
@testable import Gateway
@testable import Router

@Suite("Handing in tasks", .timeLimit(.minutes(10)))
struct SubmittingTests {
    @Test("a task that was taken in can be read at once, where the answer says")
    func accepted() async throws {
        try await TestGateway.open { gateway in
            let answer = try await gateway.post("/api/tasks", ["input": "Is it good?", "colour": "blue"] as JSONValue)
            #expect(answer.status == 202)
            #expect(try answer.value["status"] == "submitted")
            let place = try #require(answer.headers["location"])
            #expect(try place == "/api/tasks/\(answer.taskID)")
            let task = try await gateway.get(place).value
            #expect(task["input"] == "Is it good?" && task["output"] == .null && task["attempts"] == [])
            let posted = try await gateway.workshop.posted(TaskSubmitted.self)
            #expect(try posted.map(\.body.taskID) == [answer.taskID])
            #expect(posted.first?.body.unknown == ["colour": "blue"])
        }
    }

    @Test("the router takes up what the gateway has put on record, once", arguments: WorkshopBusKind.allCases)
    func routed(_ bus: WorkshopBusKind) async throws {
        try await TestGateway.open(on: bus, beside: [Router.self, Executor.self]) { gateway in
            let id = try await gateway.submitted(["input": "great phone", "category": "analysis"])
            try await gateway.workshop.task(id, is: .completed)
            try await gateway.workshop.quiet(.tasksSubmitted, "router")
            let detail = try await gateway.workshop.detail(id)
            #expect(detail.executions.count == 1 && detail.decisions.count == 1)
            #expect(try await gateway.workshop.deadLetters().isEmpty)
        }
    }

    @Test("a known id is the same task again, and a conflict when something else is asked for")
    func known() async throws {
        try await TestGateway.open { gateway in
            let task: JSONValue = ["input": "once", "task_id": .string("\(TaskID.new())")]
            let first = try await gateway.post("/api/tasks", task)
            let again = try await gateway.post("/api/tasks", task)
            #expect(try first.taskID == again.taskID && again.status == 202)
            var other = try #require(task.object)
            other["input"] = "something else"
            let conflict = try await gateway.post("/api/tasks", JSONValue.object(other))
            #expect(conflict.status == 409)
            #expect(try conflict.value["code"] == "conflict")
            #expect(try await gateway.workshop.store.tasks.counts() == [.submitted: 1])
        }
    }

    @Test("the same Idempotency-Key names the same task, another caller's another one")
    func idempotency() async throws {
        try await TestGateway.guarded { gateway in
            let key = HTTPHeader("Idempotency-Key", "order-17")
            let (ann, ben) = (HTTPHeader.who(.publisher, "ann"), HTTPHeader.who(.publisher, "ben"))
            let task: JSONValue = ["input": "x"]
            let first = try await gateway.submitted(task, [key, ann])
            #expect(try await gateway.submitted(task, [key, ann]) == first)
            #expect(try await gateway.submitted(task, [key, ben]) != first)
            #expect(try await gateway.submitted(task, [ann]) != first)
        }
    }

    @Test(
        "what cannot be done is refused at once, and the field named",
        arguments: [
            (#"{"category":"analysis"}"#, "input"), (#"{"input":""}"#, "input"), (#"{"input":7}"#, "input"),
            (#"{"input":"x","task_id":"7"}"#, "task_id"), (#"{"input":"x","priority":10}"#, "priority"),
            (#"{"input":{"size":2.5},"priority":4.5,"constraints":{"max_cost":0.5}}"#, "priority"),
            (#"{"input":"x","deadline":"2020-01-01T00:00:00Z"}"#, "deadline"),
            (#"{"input":"x","deadline":"tomorrow"}"#, "deadline"),
            (#"{"input":"x","pin":{"agent_id":"nobody"}}"#, "pin.agent_id"),
            (#"{"input":"x","pin":{"model":"nothing"}}"#, "pin.model"),
            (#"{"input":"x","pin":{"temperature":3}}"#, "pin.temperature"),
            (#"{"input":"x","reply_to":"hone:tasks.submitted"}"#, "reply_to"),
            (#"{"input":"x","expected":{"json_schema":{"type":"text"}}}"#, "expected.json_schema.type"),
            (#"{"input":"x","constraints":{"max_cost":-1}}"#, "constraints.max_cost"),
            (#"{"input":"x","metadata":[1]}"#, "metadata"),
        ])
    func refused(_ body: String, _ field: String) async throws {
        try await TestGateway.open { gateway in
            let answer = try await gateway.post(
                "/api/tasks", try WireFormat.decode(JSONValue.self, from: Data(body.utf8)))
            #expect(answer.status == 422, "\(answer.text)")
            #expect(try answer.fault == field, "\(answer.text)")
            #expect(try await gateway.workshop.store.tasks.counts().isEmpty)
            #expect(try await gateway.workshop.posted(TaskSubmitted.self).isEmpty)
        }
    }

    @Test("only operators say of which experiment or task a task is part")
    func internalFields() async throws {
        try await TestGateway.guarded { gateway in
            for field in ["experiment_id", "parent_task_id"] {
                let task: JSONValue = .object(["input": "x", field: .string("\(UUID())")])
                let refused = try await gateway.post("/api/tasks", task, headers: [.who(.publisher, "ann")])
                #expect(refused.status == 403)
                #expect(try await gateway.post("/api/tasks", task, headers: [.who(.operator, "op")]).status == 202)
            }
        }
    }

    @Test("while too much waits, or the bus is nearly full, new tasks are refused and told when to come back")
    func pressure() async throws {
        try await TestGateway.open(settings: ["HONE_MAX_BACKLOG": "5"], ) { gateway in
            try await gateway.workshop.bus.transport.announce(backlog: 6, for: .seconds(60))
            let task: JSONValue = ["input": "x"]
            try await eventually("new work is refused") { try await gateway.post("/api/tasks", task).status == 429 }
            let refused = try await gateway.post("/api/tasks", task)
            #expect(refused.headers["retry-after"] == "2")
            #expect(try refused.value["code"] == "overloaded")
            try await gateway.workshop.bus.transport.announce(backlog: 0, for: .seconds(60))
            try await eventually("new work is taken") { try await gateway.post("/api/tasks", task).status == 202 }
            try await gateway.workshop.bus.fill(to: 0.95)
            try await eventually("a full bus is no place for more") {
                try await gateway.post("/api/tasks", task).status == 429
            }
        }
    }
}
