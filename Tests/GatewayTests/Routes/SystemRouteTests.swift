import Foundation
import HTTP
import HoneAPI
import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneStore
import HoneTestKit
import Postgres
import TestServers
import Testing

@testable import Gateway
@testable import Router

@Suite("Routing and the system over HTTP", .timeLimit(.minutes(10)))
struct SystemRouteTests {
    @Test("the preview tells who would get a task and why, the same with the same seed, and nothing comes of it")
    func preview() async throws {
        try await TestGateway.open(settings: ["HONE_ROUTING_POLICY": "thompson"]) { gateway in
            let task: JSONValue = ["input": "x", "category": "analysis", "seed": 42]
            let first = try await gateway.post("/api/routing/preview", task)
            #expect(try first.status == 200 && first.value["candidates"]?.array?.count == 2)
            #expect(try first.value["excluded"]?.array?.map { $0["agent_id"] } == ["kai", "maya"])
            #expect(try await gateway.post("/api/routing/preview", task).value == first.value)
            let pinned: JSONValue = ["category": "analysis", "pin": ["agent_id": "bob"]]
            #expect(try await gateway.post("/api/routing/preview", pinned).value["agent_id"] == "bob")
            let nobody = try await gateway.post("/api/routing/preview", ["category": "cooking"] as JSONValue).value
            #expect(nobody["agent_id"] == .null && nobody["error_code"] == "no_capable_agent")
            let bad = try await gateway.post("/api/routing/preview", ["complexity": 9] as JSONValue)
            #expect(try bad.status == 422 && bad.value["errors"]?[0]?["field"] == "complexity")
            #expect(try await gateway.workshop.database.counts(["routing_decisions", "agent_tasks"]).values.max() == 0)
        }
    }

    @Test("decisions are listed newest first, filtered and paged, none twice and none left out")
    func decisions() async throws {
        try await TestGateway.open { gateway in
            for _ in 0..<5 { _ = try await gateway.workshop.assign(TaskSubmitted(input: "x", category: .analysis)) }
            var (seen, path) = ([String](), "/api/routing/decisions?limit=2")
            while true {
                let page = try await gateway.get(path)
                seen += try page.ids
                guard let cursor = try page.value["next_cursor"]?.string else { break }
                path = "/api/routing/decisions?limit=2&cursor=\(cursor)"
            }
            #expect(seen.count == 5 && Set(seen).count == 5)
            #expect(try await gateway.get("/api/routing/decisions?agent_id=bob").ids == [])
            for bad in ["limit=0", "cursor=abc", "task_id=1", "policy=luck", "since=now"] {
                let response = try await gateway.get("/api/routing/decisions?\(bad)")
                let field = bad.split(separator: "=")[0]
                #expect(try response.status == 422 && response.value["errors"]?[0]?["field"] == .string(String(field)))
            }
        }
    }

    @Test("the status tells what runs, what waits and how far the tasks are", arguments: WorkshopBusKind.allCases)
    func status(_ bus: WorkshopBusKind) async throws {
        try await TestGateway.open(on: bus, beside: [Router.self]) { gateway in
            _ = try await gateway.workshop.assign(TaskSubmitted(input: "x", category: .analysis))
            let status = try await gateway.get("/api/system/status").value
            #expect(status["database"]?["reachable"] == true && status["redis"]?["reachable"] == true)
            #expect(status["faults"] == [] && status["tasks"]?["routed"] == 1 && status["tasks"]?["failed"] == 0)
            #expect(status["services"]?.array?.contains { $0["service"] == "router" } == true)
            #expect(status["admission"]?["refusal"] == .null && status["version"]?.string != nil)
            guard bus == .redis else { return }
            try await eventually("the router is seen") {
                let services = try await gateway.get("/api/system/status").value["services"]?.array ?? []
                let router = services.first { $0["service"] == "router" }
                return router?["members"]?.array?.count == 1
            }
        }
    }

    @Test("the metrics add up what ended lately and what today cost")
    func metrics() async throws {
        try await TestGateway.open { gateway in
            let empty = try await gateway.get("/api/system/metrics").value
            #expect(empty["tasks_per_second"] == 0 && empty["latency_seconds"]?["p50"] == .null)
            _ = try await gateway.workshop.complete(TaskSubmitted(input: "x", category: .analysis))
            _ = try await gateway.workshop.assign(TaskSubmitted(input: "y", category: .analysis))
            let body = try await gateway.get("/api/system/metrics?window=10").value
            #expect(body["completed"] == 1 && body["tasks_per_second"] == 0.1 && body["tasks_open"] == 1)
            #expect(body["cost_today_usd"] == 0.0005 && body["tokens_today"] == 12 && body["success_rate"] == 1)
            #expect(try await gateway.get("/api/system/metrics?window=0").status == 422)
        }
    }

    @Test("logs are searched")
    func logs() async throws {
        try await TestGateway.open { gateway in
            let lines = [("info", "all is well"), ("warning", "50% of 'it' is slow"), ("error", "IT BROKE")]
            try await gateway.workshop.store.logs.insert(
                lines.map { LogLine(recordID: UUID(), time: Date(), level: $0, source: "router", message: $1) })
            func messages(_ query: String) async throws -> [JSONValue?] {
                try await gateway.get("/api/system/logs?\(query)").value["items"]?.array?.map { $0["message"] } ?? []
            }
            #expect(try await messages("level=warning&source=router").count == 2)
            #expect(try await messages("q=it%20broke") == ["IT BROKE"])
            #expect(try await messages("q=%25") == ["50% of 'it' is slow"])
            #expect(try await messages("source=nobody").isEmpty)
            #expect(try await gateway.get("/api/system/logs?level=loud").status == 422)
            let page = try await gateway.get("/api/system/logs?limit=1").value
            let cursor = try #require(page["next_cursor"]?.string)
            #expect(try await messages("limit=2&cursor=\(cursor)").count == 2)
        }
    }

    @Test("alerts are listed by kind, subject, severity and whether they stand, page by page")
    func alerts() async throws {
        try await TestGateway.open { gateway in
            let alerts = gateway.workshop.store.alerts
            let keys = [AlertKey(.backlog, "router"), AlertKey(.costSpike, "ada"), AlertKey(.costSpike, "bob")]
            for (index, key) in keys.enumerated() {
                let finding = AlertFinding(index == 0 ? .critical : .warning, "look", details: ["figure": 2])
                try await alerts.raise([key: finding], at: Date(timeIntervalSince1970: 1e9 + Double(index)))
            }
            try await alerts.clear([keys[2]], at: Date())
            func subjects(_ query: String) async throws -> [String?] {
                let page = try await gateway.get("/api/system/alerts?\(query)").value
                return page["items"]?.array?.map { $0["subject"]?.string } ?? []
            }
            #expect(try await subjects("") == ["bob", "ada", "router"])
            #expect(try await subjects("open=true") == ["ada", "router"])
            #expect(try await subjects("kind=cost_spike&subject=bob") == ["bob"])
            #expect(try await subjects("severity=critical") == ["router"])
            #expect(try await gateway.get("/api/system/alerts?kind=weather").status == 422)
            let page = try await gateway.get("/api/system/alerts?limit=2").value
            #expect(page["items"]?[0]?["details"]?["figure"] == 2 && page["items"]?[0]?["cleared_at"] != .null)
            #expect(try await subjects("cursor=\(try #require(page["next_cursor"]?.string))") == ["router"])
        }
    }

    @Test("everybody is told to look anew")
    func sync() async throws {
        try await TestGateway.open { gateway in
            let answer = try await gateway.post("/api/system/sync-all", JSONValue.object([:]))
            #expect(try answer.status == 202 && answer.value["prompts"] == 4)
            #expect(try await gateway.workshop.posted(PromptChanged.self).count == 4)
        }
    }

    @Test("dead letters are listed, filtered and sent round again")
    func deadLetters() async throws {
        try await TestGateway.open(beside: [Router.self]) { gateway in
            try await gateway.workshop.publish("{}", to: .tasksSubmitted)
            _ = try await gateway.workshop.deadLetters(reaching: 1)
            let letters = try await gateway.get("/api/dead-letters?group=router&code=invalid_message").value["items"]
            let id = try #require(letters?[0]?["id"]?.string)
            #expect(letters?[0]?["data"] == "{}" && letters?[0]?["deliveries"] == 1)
            #expect(try await gateway.get("/api/dead-letters?group=nobody").value["items"] == [])
            #expect(try await gateway.get("/api/dead-letters?cursor=%22x%22").status == 422)
            let replayed = try await gateway.post("/api/dead-letters/\(id)/replay", JSONValue.object([:]))
            #expect(try replayed.status == 200 && replayed.value["replayed"] == [.string(id)])
            #expect(try await gateway.post("/api/dead-letters/\(id)/replay", JSONValue.object([:])).status == 404)
            #expect(try await gateway.post("/api/dead-letters/x/replay", JSONValue.object([:])).status == 404)
        }
    }
}
