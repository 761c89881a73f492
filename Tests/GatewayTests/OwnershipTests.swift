import Foundation
import HTTP
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import Testing

@testable import Executor
@testable import Gateway
@testable import Router

@Suite("Whose task it is", .timeLimit(.minutes(10)))
struct OwnershipTests {
    private static let (ann, ben) = (HTTPHeader.who(.publisher, "ann"), HTTPHeader.who(.publisher, "ben"))
    private static let (viewer, boss) = (HTTPHeader.who(.viewer, "vic"), HTTPHeader.who(.operator, "op"))

    /// A task of Ann's that is done and rated, one of Ben's, and one that came by the streams.
    private func withTasks(
        _ check: @Sendable @escaping (TestGateway, _ ann: TaskID, _ ben: TaskID) async throws -> Void
    ) async throws {
        try await TestGateway.guarded(beside: [Router.self, Executor.self]) { gateway in
            let constraints: JSONValue = ["agents": ["ada"]]
            let secret: JSONValue = [
                "input": "Ann's secret", "category": "analysis", "metadata": ["secret": "Ann's"],
                "expected": ["equals": "Ann's"], "constraints": constraints,
            ]
            let other: JSONValue = ["input": "Ben's secret", "category": "analysis", "constraints": constraints]
            let (annID, benID) = (
                try await gateway.submitted(secret, [Self.ann]), try await gateway.submitted(other, [Self.ben])
            )
            try await gateway.workshop.submit(["input": "from the stream", "category": "analysis"])
            for id in [annID, benID] { try await gateway.workshop.task(id, is: .completed) }
            _ = try await gateway.workshop.store.feedback.insert([
                FeedbackRecord(id: UUID(), taskID: annID, rating: 5, comment: "Ann's comment")
            ])
            _ = try await gateway.workshop.store.logs.insert([
                LogLine(
                    recordID: UUID(), time: Date(), level: "info", source: "executor", message: "line",
                    taskID: "\(annID)", details: ["error": "Ann's"])
            ])
            try await check(gateway, annID, benID)
        }
    }

    @Test("a chat is its caller's")
    func chats() async throws {
        try await withTasks { gateway, _, _ in
            let chat: JSONValue = ["model": "hone/ada", "messages": [["role": "user", "content": "Hi"]]]
            let answer = try await gateway.post("/v1/chat/completions", chat, headers: [Self.ann])
            let id = try #require(answer.headers["x-hone-task-id"])
            #expect(try await gateway.get("/api/tasks/\(id)", headers: [Self.ann]).status == 200)
            #expect(try await gateway.get("/api/tasks/\(id)", headers: [Self.ben]).status == 404)
        }
    }

    @Test("a publisher meets no other publisher's task on any route")
    func publishers() async throws {
        try await withTasks { gateway, annID, benID in
            let routes = ["/api/tasks", "/api/execute/ada/history", "/api/execute/ada/logs"]
            for route in routes {
                let answer = try await gateway.get(route, headers: [Self.ben])
                #expect(answer.status == 200 && !answer.text.contains("\(annID)"), "\(route): \(answer.text)")
            }
            #expect(try await gateway.get("/api/tasks", headers: [Self.ben]).ids == ["\(benID)"])
            #expect(try await gateway.get("/api/execute/ada/history", headers: [Self.ben]).ids == ["\(benID)"])
            #expect(try await gateway.get("/api/execute/ada/logs", headers: [Self.ann]).ids == ["\(annID)"])
            for path in ["", "/events"] {
                let answer = try await gateway.get("/api/tasks/\(annID)\(path)", headers: [Self.ben])
                #expect(answer.status == 404 && !answer.text.contains("secret"))
            }
            let changes: [(String, JSONValue)] = [("cancel", [:]), ("feedback", ["rating": 1])]
            for (path, body) in changes {
                let answer = try await gateway.post("/api/tasks/\(annID)/\(path)", body, headers: [Self.ben])
                #expect(answer.status == 404)
            }
            #expect(try await gateway.workshop.posted(FeedbackReceived.self).isEmpty)
        }
    }

    @Test("nobody takes over another's task by its id")
    func ids() async throws {
        try await withTasks { gateway, annID, _ in
            let copy: JSONValue = ["input": "Ann's secret", "task_id": .string("\(annID)")]
            let answer = try await gateway.post("/api/tasks?wait=1", copy, headers: [Self.ben])
            #expect(answer.status == 409 && !answer.text.contains("secret"))
        }
    }

    @Test("a viewer sees that tasks are there, and nothing of what was said")
    func viewers() async throws {
        try await withTasks { gateway, annID, _ in
            #expect(try await gateway.get("/api/tasks", headers: [Self.viewer]).ids.count == 3)
            let answer = try await gateway.get("/api/tasks/\(annID)", headers: [Self.viewer])
            let task = try answer.value
            #expect(answer.status == 200 && task["status"] == "completed" && task["attempts"]?.array?.count == 1)
            for field in ["input", "output", "expected", "metadata"] { #expect(task[field] == .null, "\(field)") }
            #expect(task["feedback"]?[0]?["rating"] == 5)
            #expect(!answer.text.contains("Ann's") && !answer.text.contains("positive"))
            let events = try await gateway.events("/api/tasks/\(annID)/events", headers: [Self.viewer])
            #expect(events.map(\.event) == ["snapshot", "done"])
            #expect(!events.contains { $0.data.contains("Ann's") || $0.data.contains("positive") })
            let logs = try await gateway.get("/api/execute/ada/logs", headers: [Self.viewer])
            #expect(try logs.ids.contains("\(annID)") && !logs.text.contains("Ann's"))
            for path in ["", "/\(annID)/cancel", "/\(annID)/feedback"] {
                let refused = try await gateway.post("/api/tasks\(path)", ["input": "x"], headers: [Self.viewer])
                #expect(refused.status == 403)
            }
        }
    }

    @Test("an operator sees everything")
    func operators() async throws {
        try await withTasks { gateway, annID, _ in
            #expect(try await gateway.get("/api/tasks", headers: [Self.boss]).ids.count == 3)
            let task = try await gateway.get("/api/tasks/\(annID)", headers: [Self.boss]).value
            #expect(task["input"] == "Ann's secret" && task["feedback"]?[0]?["comment"] == "Ann's comment")
            #expect(try await gateway.get("/api/execute/ada/logs", headers: [Self.boss]).text.contains("Ann's"))
        }
    }
}
