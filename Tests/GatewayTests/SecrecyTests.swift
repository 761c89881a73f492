import Foundation
import HTTP
import HoneBus
import HoneCore
import HoneMessages
import HoneTestKit
import TestServers
import Testing

@testable import Evaluator
@testable import Executor
@testable import Gateway
@testable import Router

/// Beyond tasks themselves, which ``OwnershipTests`` looks at: everything else that carries what a caller said.
@Suite("What one caller says no other hears", .timeLimit(.minutes(10)))
struct SecrecyTests {
    private static let (ann, ben) = (HTTPHeader.who(.publisher, "ann"), HTTPHeader.who(.publisher, "ben"))

    private func task(_ words: String) -> JSONValue {
        ["input": .string(words), "category": "analysis", "constraints": ["agents": ["ada"]], "session_id": "shared"]
    }

    @Test("the same Idempotency-Key of two callers means two tasks, and replays each caller's own answer")
    func keys() async throws {
        try await TestGateway.guarded { gateway in
            func send(_ header: HTTPHeader, _ words: String) async throws -> HTTPResponse {
                try await gateway.postText(
                    "/api/tasks", Array(try WireFormat.encode(task(words))),
                    headers: [header, HTTPHeader("Idempotency-Key", "k")])
            }
            let (ann, ben) = (try await send(Self.ann, "Ann's"), try await send(Self.ben, "Ben's"))
            #expect(ann.status == 202 && ben.status == 202)
            #expect(try ann.taskID != ben.taskID)
            let again = try await send(Self.ben, "Ben's")
            #expect(try again.taskID == ben.taskID && again.headers["idempotent-replayed"] == "true")
            #expect(try await send(Self.ben, "Ann's").status == 422)
        }
    }

    @Test("filters, decisions and sessions lead no publisher to another's task")
    func lists() async throws {
        try await TestGateway.guarded(beside: [Router.self, Executor.self]) { gateway in
            let ids = (
                ann: try await gateway.submitted(task("Ann's"), [Self.ann]),
                ben: try await gateway.submitted(task("Ben's"), [Self.ben])
            )
            for id in [ids.ann, ids.ben] { try await gateway.workshop.task(id, is: .completed) }
            for path in ["/api/tasks?session_id=shared", "/api/tasks?agent_id=ada"] {
                #expect(try await gateway.get(path, headers: [Self.ben]).ids == ["\(ids.ben)"], "\(path)")
            }
            func decided(_ query: String, _ headers: [HTTPHeader]) async throws -> Set<String> {
                let items = try await gateway.get("/api/routing/decisions\(query)", headers: headers).value["items"]
                return Set(items?.array?.compactMap { $0["task_id"]?.string } ?? [])
            }
            #expect(try await decided("", [Self.ben]) == ["\(ids.ben)"])
            #expect(try await decided("?task_id=\(ids.ann)", [Self.ben]).isEmpty)
            #expect(try await decided("", []) == ["\(ids.ann)", "\(ids.ben)"])
        }
    }

    @Test("a chat's task is its speaker's alone, whatever session others name")
    func chats() async throws {
        try await TestGateway.guarded(beside: [Router.self, Executor.self]) { gateway in
            let chat: JSONValue = [
                "model": "hone/ada", "messages": [["role": "user", "content": "Ann's secret"]],
                "metadata": ["session_id": "shared"],
            ]
            let answer = try await gateway.post("/v1/chat/completions", chat, headers: [Self.ann])
            let id = try #require(answer.headers["x-hone-task-id"])
            #expect(try await gateway.get("/api/tasks/\(id)", headers: [Self.ann]).value["input"] == "Ann's secret")
            #expect(try await gateway.get("/api/tasks/\(id)", headers: [Self.ben]).status == 404)
            #expect(try await gateway.get("/api/tasks?session_id=shared", headers: [Self.ben]).ids.isEmpty)
            let rating = try await gateway.post(
                "/api/tasks/\(id)/feedback", ["rating": 1] as JSONValue, headers: [Self.ben])
            #expect(rating.status == 404)
        }
    }

    @Test("dead letters, which hold what was asked, and logs are for operators")
    func letters() async throws {
        try await TestGateway.guarded(beside: [Router.self]) { gateway in
            try await gateway.workshop.publish(#"{"input":7,"secret":"Ann's"}"#, to: .tasksSubmitted)
            let letter = try await gateway.workshop.deadLetters(reaching: 1)[0].id
            for path in ["/api/dead-letters", "/api/system/logs", "/ws/logs"] {
                let answer = try await gateway.get(path, headers: [Self.ben])
                #expect(answer.status == 403 && !answer.text.contains("Ann's"), "\(path)")
            }
            let replay = try await gateway.post(
                "/api/dead-letters/\(letter)/replay", [:] as JSONValue, headers: [Self.ben])
            #expect(replay.status == 403)
            let seen = try await gateway.get("/api/dead-letters", headers: [.who(.operator, "op")])
            #expect(seen.status == 200 && seen.text.contains("Ann's"))
        }
    }

    @Test("the tasks of an evaluation, and the cases behind them, are no publisher's")
    func evaluations() async throws {
        try await TestGateway.guarded(beside: [Router.self, Executor.self, Evaluator.self]) { gateway in
            let item: JSONValue = [
                "id": "1", "input": "a sealed case", "expected": ["choice": "positive"], "split": "holdout",
            ]
            let suite: JSONValue = ["id": "s", "category": "analysis", "cases": [item]]
            #expect(try await gateway.post("/api/benchmarks", suite).status == 201)
            #expect(try await gateway.post("/api/evaluate/ada", ["benchmark": "s"] as JSONValue).status == 202)
            try await eventually("the evaluation is over") {
                try await gateway.get("/api/evaluate/ada/latest").value["status"] == "completed"
            }
            let latest = try await gateway.get("/api/evaluate/ada/latest", headers: [Self.ben])
            #expect(latest.status == 200 && !latest.text.contains("sealed"))
            let id = try #require(latest.value["results"]?[0]?["task_id"]?.string)
            #expect(try await gateway.get("/api/tasks/\(id)", headers: [Self.ben]).status == 404)
            for path in ["/api/tasks", "/api/execute/ada/history", "/api/execute/ada/logs", "/api/routing/decisions"] {
                #expect(try await gateway.get(path, headers: [Self.ben]).value["items"] == [], "\(path)")
            }
            let cases = try await gateway.get("/api/benchmarks/s", headers: [Self.ben])
            #expect(cases.status == 200 && !cases.text.contains("positive"))
        }
    }
}
