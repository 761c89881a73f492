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

@testable import Executor
@testable import Gateway
@testable import Router

@Suite("Cancelling tasks over HTTP", .timeLimit(.minutes(10)))
struct CancellingTests {
    private static let task: JSONValue = [
        "input": "great phone", "category": "analysis", "constraints": ["agents": ["ada"]],
    ]

    @Test("a running task that is cancelled ends once, its publisher is told, and its model is left alone")
    func cancelling() async throws {
        try await TestGateway.open(beside: [Router.self, Executor.self]) { gateway in
            let workshop = gateway.workshop
            workshop.models.alpha.replace(script: .always(.misbehaving(.hang)))
            var task = try #require(Self.task.object)
            task["reply_to"] = .string(workshop.replyKey("cancelled"))
            let id = try await gateway.submitted(.object(task))
            #expect(try await workshop.models.alpha.reaches { $0.inFlight == 1 })
            let answer = try await gateway.post("/api/tasks/\(id)/cancel", [:] as JSONValue)
            #expect(try answer.status == 200 && answer.value["status"] == "cancelled", "\(answer.text)")
            let reply = try await workshop.reply(at: workshop.replyKey("cancelled"))
            #expect(reply.status == .cancelled && reply.error?.code == .cancelled && reply.taskID == id)
            #expect(try await workshop.models.alpha.reaches { $0.inFlight == 0 })
            try await workshop.quiet(.tasksAssigned, "executor")
            #expect(try await workshop.task(id, is: .cancelled).output == nil)
            #expect(try await gateway.post("/api/tasks/\(id)/cancel", [:] as JSONValue).status == 200)
            let audit = try await workshop.store.audit.list(subjectKind: "task", subjectID: "\(id)", limit: 9)
            #expect(audit.first?.action == "task.cancel")
        }
    }

    @Test("what is over cannot be cancelled")
    func tooLate() async throws {
        try await TestGateway.open(beside: [Router.self, Executor.self]) { gateway in
            let id = try await gateway.submitted(Self.task)
            try await gateway.workshop.task(id, is: .completed)
            let answer = try await gateway.post("/api/tasks/\(id)/cancel", [:] as JSONValue)
            #expect(answer.status == 409)
            #expect(try await gateway.workshop.task(id, is: .completed).output == "positive")
        }
    }

    @Test("a task that nobody has taken up yet can be cancelled, and nobody takes it up then")
    func cancelledEarly() async throws {
        try await TestGateway.open { gateway in
            let id = try await gateway.submitted(Self.task)
            #expect(try await gateway.post("/api/tasks/\(id)/cancel", [:] as JSONValue).status == 200)
            try await gateway.workshop.running([Router.self]) {
                try await gateway.workshop.quiet(.tasksSubmitted, "router")
            }
            #expect(try await gateway.workshop.posted(TaskAssigned.self).isEmpty)
        }
    }

    @Test("a task that waits for its agent can be cancelled, and the agent is never asked")
    func cancelledBetween() async throws {
        try await TestGateway.open(beside: [Router.self]) { gateway in
            let id = try await gateway.submitted(Self.task)
            try await gateway.workshop.task(id, is: .routed)
            #expect(try await gateway.post("/api/tasks/\(id)/cancel", [:] as JSONValue).status == 200)
            try await gateway.workshop.running([Executor.self]) {
                try await gateway.workshop.quiet(.tasksAssigned, "executor")
            }
            #expect(gateway.workshop.models.alpha.requests.isEmpty)
            #expect(try await gateway.workshop.detail(id).executions.isEmpty)
            try await gateway.workshop.task(id, is: .cancelled)
        }
    }

    @Test("what failed or expired stays so", arguments: [ErrorCode.noCapableAgent, .deadlineExceeded])
    func overOtherwise(_ code: ErrorCode) async throws {
        try await TestGateway.open { gateway in
            let id = try await gateway.submitted(Self.task)
            let store = gateway.workshop.store
            _ = try await store.tasks.finish([Ending(taskID: id, fault: TaskFault(code, "so it is"))])
            let before = try await store.tasks.load(id)?.status
            let answer = try await gateway.post("/api/tasks/\(id)/cancel", [:] as JSONValue)
            #expect(try answer.status == 409 && answer.value["code"] == "conflict")
            #expect(try await store.tasks.load(id)?.status == before && before?.isTerminal == true)
            #expect(try await store.audit.list(subjectKind: "task", subjectID: "\(id)", limit: 9).isEmpty)
        }
    }
}
