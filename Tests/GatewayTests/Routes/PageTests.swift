import Foundation
import HTTP
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import Testing

@testable import Gateway

@Suite("Where lists end", .timeLimit(.minutes(10)))
struct PageTests {
    @Test(
        "a page that holds the last items names no next one, and one that leaves some out does",
        arguments: ["/api/tasks", "/api/execute/ada/history", "/api/execute/ada/logs", "/api/routing/decisions"])
    func ends(_ list: String) async throws {
        try await TestGateway.open { gateway in
            for _ in 0..<2 {
                let task = try await gateway.workshop.complete(TaskSubmitted(input: "x", category: .analysis))
                let line = LogLine(
                    recordID: UUID(), time: Date(), level: "info", source: "executor", message: "done",
                    taskID: "\(task.taskID)")
                _ = try await gateway.workshop.store.logs.insert([line])
            }
            let full = try await gateway.get("\(list)?limit=2").value
            #expect(full["items"]?.array?.count == 2 && full["next_cursor"] == .null)
            let first = try await gateway.get("\(list)?limit=1").value
            let cursor = try #require(first["next_cursor"]?.string)
            let last = try await gateway.get("\(list)?limit=1&cursor=\(cursor)").value
            #expect(last["items"]?.array?.count == 1 && last["next_cursor"] == .null)
            #expect(first["items"]?[0] == full["items"]?[0] && last["items"]?[0] == full["items"]?[1])
        }
    }

    @Test("a cursor that another list gave is refused by its name")
    func foreign() async throws {
        try await TestGateway.open { gateway in
            let lines = (0..<2).map { number in
                LogLine(recordID: UUID(), time: Date(), level: "info", source: "router", message: "\(number)")
            }
            _ = try await gateway.workshop.store.logs.insert(lines)
            let cursor = try #require(try await gateway.get("/api/system/logs?limit=1").value["next_cursor"]?.string)
            for list in ["/api/tasks", "/api/execute/ada/history", "/api/agents"] {
                let answer = try await gateway.get("\(list)?cursor=\(cursor)")
                #expect(try answer.status == 422 && answer.fault == "cursor", "\(list): \(answer.text)")
            }
        }
    }

    @Test("a slash in a name and any sign of an id may be escaped in every path, a socket's too")
    func escapes() async throws {
        try await TestGateway.open { gateway in
            let made = try await gateway.post("/api/agents", ["id": "team/eve", "model": "alpha"] as JSONValue)
            #expect(made.status == 201 && made.headers["location"] == "/api/agents/team%2Feve")
            for path in ["/api/agents/team%2Feve", "/api/execute/team%2Feve/history", "/api/execute/team%2Feve/logs"] {
                #expect(try await gateway.get(path).status == 200, "\(path)")
            }
            let task = "\(try await gateway.task())".replacing("-", with: "%2D")
            #expect(try await gateway.get("/api/tasks/\(task)").status == 200)
            for path in ["/ws/optimize/team%2Feve", "/ws/evaluate/team%2Feve", "/ws/tasks/\(task)"] {
                #expect(try await gateway.socket(path).status == 101, "\(path)")
            }
        }
    }
}
