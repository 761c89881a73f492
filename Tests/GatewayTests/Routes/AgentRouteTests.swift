import Foundation
import HTTP
import HoneAPI
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import Postgres
import Testing

@testable import Gateway

@Suite("Agents over HTTP", .timeLimit(.minutes(10)))
struct AgentRouteTests {
    private static let eve: JSONValue = [
        "id": "eve", "specialization": ["analysis"], "model": "alpha", "parameters": ["temperature": 0],
        "prompt": ["system": "Be brief.", "user": "{{ input }}"],
    ]

    @Test("an agent is created, read back, changed and retired, and each change is in the audit log")
    func life() async throws {
        try await TestGateway.open { gateway in
            let created = try await gateway.post("/api/agents", Self.eve)
            #expect(created.status == 201 && created.headers["location"] == "/api/agents/eve")
            let body = try created.value
            #expect(body["lifecycle"] == "live" && body["in_flight"] == 0 && body["prompt"]?["system"] == "Be brief.")
            #expect(body["prompt_id"]?.string != nil && body["review_criteria"] == [:])

            let changed = try await gateway.send(
                "PUT", "/api/agents/eve", body: ["model": "beta", "capacity": 9] as JSONValue)
            #expect(try changed.status == 200 && changed.value["model"] == "beta" && changed.value["capacity"] == 9)
            #expect(try await gateway.get("/api/agents/eve").value["prompt_id"] == body["prompt_id"])

            let retired = try await gateway.send("DELETE", "/api/agents/eve", body: JSONValue.object([:]))
            #expect(try retired.status == 200 && retired.value["lifecycle"] == "retired")
            let actions = try await gateway.workshop.store.audit.list(subjectKind: "agent", subjectID: "eve", limit: 9)
            #expect(actions.map(\.action) == ["agent.retire", "agent.update", "agent.create"])
        }
    }

    @Test("the list is filtered and paged, and every page goes on where the last one ended")
    func list() async throws {
        try await TestGateway.open { gateway in
            #expect(try await gateway.get("/api/agents?category=analysis").ids == ["ada", "bob"])
            #expect(try await gateway.get("/api/agents?lifecycle=retired").ids == [])
            let first = try await gateway.get("/api/agents?limit=3")
            #expect(try first.ids == ["ada", "bob", "kai"])
            let cursor = try #require(try first.value["next_cursor"]?.string)
            let second = try await gateway.get("/api/agents?limit=3&cursor=\(cursor)")
            #expect(try second.ids == ["maya"] && second.value["next_cursor"] == .null)
        }
    }

    @Test(
        "bad input is named by its field",
        arguments: [
            (["id": "x y"], "id"), (["id": "x", "capacity": 0], "capacity"),
            (["id": "x", "model": "nobody"], "model"), (["id": "x", "temprature": 1], "temprature"),
            (["id": "x", "prompt": ["user": "{{ inptu }}"]], "prompt.user"), (["id": "x", "type": "robot"], "type"),
        ] as [(JSONValue, String)])
    func badInput(_ body: JSONValue, _ field: String) async throws {
        try await TestGateway.open { gateway in
            let response = try await gateway.post("/api/agents", body)
            #expect(response.status == 422)
            #expect(try response.value["errors"]?[0]?["field"] == .string(field))
            #expect(try await gateway.get("/api/agents/x").status == 404)
        }
    }

    @Test("an agent that is there is not created again, and its production prompt is not swapped from here")
    func conflicts() async throws {
        try await TestGateway.open { gateway in
            #expect(try await gateway.post("/api/agents", ["id": "ada"] as JSONValue).status == 409)
            let other: JSONValue = ["model": "alpha", "prompt": ["user": "another {{ input }}"]]
            let response = try await gateway.send("PUT", "/api/agents/ada", body: other)
            #expect(try response.status == 409 && response.value["detail"]?.string?.contains("/api/prompts") == true)
            let named = try await gateway.send("PUT", "/api/agents/ada", body: ["id": "bob"] as JSONValue)
            #expect(try named.status == 422 && named.value["errors"]?[0]?["field"] == "id")
            #expect(try await gateway.send("PUT", "/api/agents/none", body: JSONValue.object([:])).status == 404)
        }
    }

    @Test("the status tells what an agent is at, and its latest attempt")
    func status() async throws {
        try await TestGateway.open { gateway in
            let idle = try await gateway.get("/api/agents/ada/status").value
            #expect(idle["activity"] == "idle" && idle["last_execution"] == .null)
            #expect(idle["production_prompt"]?["version"] == "1.0.0")
            _ = try await gateway.workshop.complete(TaskSubmitted(input: "x", category: .analysis))
            _ = try await gateway.workshop.assign(TaskSubmitted(input: "y", category: .analysis))
            let busy = try await gateway.get("/api/agents/ada/status").value
            #expect(busy["activity"] == "running" && busy["in_flight"] == 1)
            #expect(busy["last_execution"]?["status"] == "completed")
            #expect(try await gateway.get("/api/agents/nobody/status").status == 404)
        }
    }

    @Test("compiling tells what an agent lacks to be run")
    func compile() async throws {
        try await TestGateway.open { gateway in
            let sound = try await gateway.post("/api/agents/ada/compile", JSONValue.object([:])).value
            #expect(sound["compiled"] == true && sound["pipeline"]?[0] == "prompt", "\(sound)")
            let keyless: JSONValue = [
                "id": "keyless", "provider": "openai", "base_url": "http://127.0.0.1:1/v1",
                "api_key_env": "NO_SUCH_KEY",
            ]
            #expect(try await gateway.post("/api/models", keyless).status == 201)
            #expect(
                try await gateway.post("/api/agents", ["id": "eve", "model": "keyless"] as JSONValue).status == 201)
            let found = try await gateway.post("/api/agents/eve/compile", JSONValue.object([:])).value
            #expect(found["compiled"] == false && found["pipeline"] == [])
            let failed = (found["checks"]?.array ?? []).filter { $0["passed"] == false }
            #expect(failed.map { $0["subject"] } == ["prompt", "endpoint"], "\(found)")
            #expect(failed.last?["detail"]?.string?.contains("NO_SUCH_KEY") == true)
        }
    }

    @Test("performance adds up by day, category, model, complexity and step, within its time")
    func performance() async throws {
        try await TestGateway.open { gateway in
            for accuracy in [1.0, 0.5, 0.25] {
                let done = try await gateway.workshop.complete(TaskSubmitted(input: "x", category: .analysis))
                _ = try await gateway.workshop.evaluate(done, accuracy: accuracy)
            }
            let body = try await gateway.get("/api/agents/ada/performance").value
            #expect(body["total"]?["count"] == 3 && body["total"]?["passed"] == 2)
            #expect(abs((body["total"]?["avg_score"]?.double ?? 0) - 1.75 / 3) < 1e-6)
            #expect(body["series"]?.array?.count == 1)
            #expect(body["by_category"]?["analysis"]?["count"] == 3 && body["by_model"]?["alpha"]?["count"] == 3)
            #expect(body["by_complexity"]?["unknown"]?["count"] == 3 && body["total"]?["unknown"] == 0, "\(body)")
            #expect(body["by_node"] == [] && body["standing"] == .null)
            let prompt = body["prompt_changes"]?[0]
            #expect(prompt?["version"] == "1.0.0" && prompt?["after"]?["count"] == 3 && prompt?["before"] == .null)
            let past = try await gateway.get("/api/agents/ada/performance?from=2020-01-01&to=2020-02-01").value
            #expect(past["total"]?["count"] == 0 && past["series"] == [] && past["total"]?["avg_score"] == .null)
            let bad = try await gateway.get("/api/agents/ada/performance?from=yesterday")
            #expect(try bad.status == 422 && bad.value["errors"]?[0]?["field"] == "from")
            #expect(try await gateway.get("/api/agents/ada/performance?from=2021-01-01&to=2020-01-01").status == 422)
        }
    }
}
