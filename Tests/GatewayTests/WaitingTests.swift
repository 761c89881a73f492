import Foundation
import HTTP
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import ScriptedModel
import TestServers
import Testing

@testable import Evaluator
@testable import Executor
@testable import Gateway
@testable import Router

@Suite("Waiting for a task's end", .timeLimit(.minutes(10)))
struct WaitingTests {
    @Test("whoever waits gets the result when it is there, and the task's state when it is not")
    func waiting() async throws {
        let services: [any ServiceDefinition.Type] = [Router.self, Executor.self, Evaluator.self]
        try await TestGateway.open(beside: services) { gateway in
            let task: JSONValue = ["input": "great", "category": "analysis", "constraints": ["agents": ["ada"]]]
            let answer = try await gateway.post("/api/tasks?wait=30", task)
            #expect(answer.status == 200)
            #expect(try answer.value["status"] == "completed" && answer.value["output"] == "positive")
            #expect(try answer.value["attempts"]?[0]?["agent_id"] == "ada")

            gateway.workshop.models.alpha.replace(
                script: .always(ScriptedReply(text: "late", firstTokenDelayMilliseconds: 3_000)))
            let late = try await gateway.post("/api/tasks?wait=1", task)
            #expect(late.status == 202)
            #expect(try ["submitted", "running"].contains(late.value["status"]?.string))
        }
    }

    @Test("a task that nobody can do ends the wait with the reason")
    func failure() async throws {
        try await TestGateway.open(beside: [Router.self]) { gateway in
            let answer = try await gateway.post(
                "/api/tasks?wait=30",
                ["input": "x", "constraints": ["agents": ["ada"]], "category": "poetry"] as JSONValue)
            #expect(answer.status == 200)
            #expect(try answer.value["status"] == "failed")
            #expect(try answer.value["error"]?["code"] == "no_capable_agent")
        }
    }

    @Test("the end of a task is noticed though its events are lost")
    func lostEvents() async throws {
        try await TestGateway.open { gateway in
            let id = TaskID.new()
            async let answer = gateway.post(
                "/api/tasks?wait=30", ["input": "x", "task_id": "\(id)"] as [String: String])
            try await gateway.workshop.task(id, is: .submitted)
            _ = try await gateway.workshop.store.tasks.finish([
                Ending(taskID: id, fault: TaskFault(.noCapableAgent, "nobody"))
            ])
            #expect(try await answer.value["status"] == "failed")
        }
    }

    @Test("one may wait for 300 seconds at most", arguments: ["301", "-1", "1.5", "soon", "99999999999999999999"])
    func limits(_ seconds: String) async throws {
        try await TestGateway.open { gateway in
            let answer = try await gateway.post("/api/tasks?wait=\(seconds)", ["input": "x"] as JSONValue)
            #expect(try answer.status == 422 && answer.fault == "wait", "\(answer.text)")
            #expect(try await gateway.workshop.store.tasks.counts().isEmpty)
            #expect(try await gateway.post("/api/tasks?wait=0", ["input": "x"] as JSONValue).status == 202)
        }
    }

    @Test("what is over already is answered at once")
    func over() async throws {
        try await TestGateway.open { gateway in
            let task: JSONValue = ["input": "x", "task_id": .string("\(TaskID.new())")]
            let id = try await gateway.submitted(task)
            _ = try await gateway.workshop.store.tasks.finish([
                Ending(taskID: id, fault: TaskFault(.noCapableAgent, "nobody"))
            ])
            let answer = try await gateway.post("/api/tasks?wait=300", task)
            #expect(try answer.status == 200 && answer.value["status"] == "failed", "\(answer.text)")
        }
    }
}
