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

@Suite("Tasks over HTTP", .timeLimit(.minutes(10)))
struct TaskTests {
    @Test("a list goes on page by page and misses nothing, whatever comes meanwhile")
    func pages() async throws {
        try await TestGateway.open { gateway in
            var wanted: [String] = []
            for number in 0..<5 { wanted.append("\(try await gateway.submitted(["input": .string("\(number)")]))") }
            var (found, path): ([String], String?) = ([], "/api/tasks?limit=2")
            while let next = path {
                let page = try await gateway.get(next)
                found += try page.ids
                path = try page.value["next_cursor"]?.string.map { "/api/tasks?limit=2&cursor=\($0)" }
                _ = try await gateway.submitted(["input": "meanwhile"])
            }
            #expect(found == wanted.reversed())
        }
    }

    @Test("a list is cut to what was asked for")
    func filters() async throws {
        try await TestGateway.open { gateway in
            let mine = try await gateway.submitted([
                "input": "x", "category": "analysis", "user_id": "u1", "session_id": "s1",
            ])
            _ = try await gateway.submitted(["input": "y", "category": "other", "user_id": "u2"])
            for filter in ["category=analysis", "user_id=u1", "session_id=s1", "status=submitted&user_id=u1"] {
                #expect(try await gateway.get("/api/tasks?\(filter)").ids == ["\(mine)"], "\(filter)")
            }
            for filter in ["status=failed", "agent_id=ada", "since=2100-01-01T00:00:00Z", "until=2000-01-01T00:00:00Z"]
            {
                #expect(try await gateway.get("/api/tasks?\(filter)").ids.isEmpty, "\(filter)")
            }
            for (filter, field) in [
                ("status=done", "status"), ("since=now", "since"), ("cursor=abc", "cursor"), ("limit=0", "limit"),
            ] {
                let answer = try await gateway.get("/api/tasks?\(filter)")
                #expect(try answer.status == 422 && answer.fault == field)
            }
        }
    }

    @Test("an id that names nothing, or is no id, is not found")
    func nowhere() async throws {
        try await TestGateway.open { gateway async throws in
            for id in ["\(UUID())", "7", "%20", "%F0%9F%90%9D", "';%20drop%20table%20agent_tasks"] {
                #expect(try await gateway.get("/api/tasks/\(id)").status == 404, "\(id)")
                #expect(try await gateway.get("/api/tasks/\(id)/events").status == 404, "\(id)")
                #expect(try await gateway.post("/api/tasks/\(id)/cancel", [:] as JSONValue).status == 404, "\(id)")
                #expect(try await gateway.rate(id, ["rating": 5]).status == 404, "\(id)")
            }
            // No text at all: the address itself is refused, whatever it would lead to.
            #expect(try await gateway.get("/api/tasks/%00").status == 400)
        }
    }

    @Test("an agent does what it is given by name, and its history tells of it page by page")
    func executing() async throws {
        try await TestGateway.open(beside: [Router.self, Executor.self]) { gateway in
            let task: JSONValue = ["input": "great phone"]
            for _ in 0..<3 {
                let answer = try await gateway.post("/api/execute/bob?wait=30", task)
                #expect(try answer.status == 200 && answer.value["agent_id"] == "bob", "\(answer.text)")
            }
            #expect(try await gateway.post("/api/execute/nobody", task).status == 404)
            let other: JSONValue = ["input": "x", "pin": ["agent_id": "ada"]]
            #expect(try await gateway.post("/api/execute/bob", other).fault == "pin.agent_id")
            let page = try await gateway.get("/api/execute/bob/history?limit=2")
            let cursor = try #require(try page.value["next_cursor"]?.string)
            let rest = try await gateway.get("/api/execute/bob/history?limit=2&cursor=\(cursor)")
            #expect(try page.ids.count == 2 && rest.ids.count == 1 && Set(page.ids + rest.ids).count == 3)
            #expect(try await gateway.get("/api/execute/ada/history").ids.isEmpty)
            #expect(try await gateway.get("/api/execute/nobody/logs").status == 404)
        }
    }
}
