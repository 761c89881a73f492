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

@Suite("Prompts and optimizations over HTTP", .timeLimit(.minutes(10)))
struct PromptRouteTests {
    private func draft(
        _ words: String, in gateway: TestGateway, more: [String: JSONValue] = [:]
    ) async throws -> HTTPResponse {
        let fields: [String: JSONValue] = [
            "agent_id": "ada", "template": ["system": .string(words), "user": "{{ input }}"],
        ]
        return try await gateway.post("/api/prompts", JSONValue.object(fields.merging(more) { $1 }))
    }

    @Test("a draft is approved into production, and rolled back in one step; everybody is told")
    func life() async throws {
        try await TestGateway.open { gateway in
            let store = gateway.workshop.store
            let first = try #require(try await store.prompts.production(of: .ada)).prompt.id.description
            let created = try await draft(
                "Think.\nAnswer in one word.", in: gateway, more: ["parents": [.string(first)]])
            #expect(created.status == 201, "\(created.text)")
            let id = try #require(try created.value["id"]?.string)
            #expect(created.headers["location"] == "/api/prompts/\(id)")
            #expect(try created.value["state"] == "draft" && created.value["version"] == "1.1.0")

            let approved = try await gateway.post("/api/prompts/\(id)/approve", ["reason": "better"] as JSONValue)
            #expect(try approved.status == 200 && approved.value["state"] == "production")
            #expect(try approved.value["transitions"]?.array?.last?["reason"] == "better")
            #expect(try await gateway.get("/api/prompts/\(first)").value["state"] == "archived")
            #expect(try await gateway.post("/api/prompts/\(id)/approve", JSONValue.object([:])).status == 409)
            let told = try await gateway.workshop.posted(PromptChanged.self, reaching: 2).map(\.body.to)
            #expect(Set(told) == [.production, .archived])

            let back = try await gateway.post("/api/optimize/ada/rollback", JSONValue.object([:]))
            #expect(try back.status == 200 && back.value["id"] == .string(first))
            #expect(try await store.prompts.production(of: .ada)?.prompt.id.description == first)
        }
    }

    @Test("the registry tells what comes from what, and what was changed")
    func lineage() async throws {
        try await TestGateway.open { gateway in
            let first = try #require(try await gateway.workshop.store.prompts.production(of: .ada)).prompt.id
                .description
            let child = try #require(
                try await draft("Answer in one word.\nNo more.", in: gateway, more: ["parents": [.string(first)]])
                    .value["id"]?.string)
            #expect(try await gateway.get("/api/prompts/\(first)/lineage").ids == [first, child])
            let diff = try await gateway.get("/api/prompts/\(child)/diff").value
            #expect(diff["against"] == .string(first) && diff["added"] == 1 && diff["removed"] == 0)
            #expect(diff["unified"]?.string?.contains("\n+No more.\n") == true)
            let reverse = try await gateway.get("/api/prompts/\(first)/diff?against=\(child)").value
            #expect(reverse["removed"] == 1)
            #expect(try await gateway.get("/api/prompts?agent_id=ada&state=draft").ids == [child])
            #expect(
                try await gateway.post("/api/prompts/\(child)/reject", JSONValue.object([:])).value["state"]
                    == "archived")
            let missing = "/api/prompts/01890000-0000-7000-8000-000000000000"
            #expect(try await gateway.get(missing).status == 404)
            #expect(try await gateway.get("/api/prompts/no-uuid/lineage").status == 404)
            let unknown = try await gateway.get("/api/prompts/\(child)/diff?against=x")
            #expect(try unknown.status == 422 && unknown.value["errors"]?[0]?["field"] == "against")
        }
    }

    @Test(
        "a prompt that cannot be rendered, or is not told apart, is refused by its field",
        arguments: [
            (["template": ["user": "{{ inptu }}"]], "template.user"),
            (["template": ["user": "{% if %}"]], "template.user"), (["version": "new"], "version"),
            (["parents": ["01890000-0000-7000-8000-000000000000"]], "parents[0]"), (["agent_id": "nobody"], "agent_id"),
            (["colour": "blue"], "colour"), (["template": ["user": "{{ labels }}"]], "template.user"),
            (["template": ["user": "{% for i in 1...9999999 %}x{% endfor %}"]], "template.user"),
            (["template": ["labels": ["a": "x", "b": "X"]]], "template.labels"),
            (["template": ["labels": [:]]], "template.labels"),
            (["template": ["labels": ["a": " "]]], "template.labels.a"),
            (["template": ["labels": ["a": "x"], "answer": ["choices": ["b"]]]], "template.labels.a"),
            (["template": ["labels": ["a": "x"], "answer": ["json_schema": [:]]]], "template.labels"),
            (["template": ["answer": ["choices": []]]], "template.answer.choices"),
            (["template": ["answer": ["choices": ["a", ""]]]], "template.answer.choices[1]"),
            (["template": ["answer": ["json_schema": ["type": "cat"]]]], "template.answer.json_schema.type"),
            (["template": ["answer": ["free": true]]], "template.answer"),
            (["template": ["parameters": ["temperature": 3]]], "template.parameters.temperature"),
            (["template": ["parameters": ["max_tokens": 0]]], "template.parameters.max_tokens"),
            (["template": ["parameters": ["top_k": 4]]], "template.parameters.top_k"),
        ] as [([String: JSONValue], String)])
    func badInput(_ fields: [String: JSONValue], _ field: String) async throws {
        try await TestGateway.open { gateway in
            let response = try await draft("New words.", in: gateway, more: fields)
            #expect(response.status == 422)
            #expect(try response.value["errors"]?[0]?["field"] == .string(field), "\(response.text)")
        }
    }

    @Test("labels are put on and taken off, and who did it and why stays on record")
    func labels() async throws {
        try await TestGateway.open { gateway in
            let id = try #require(try await draft("New words.", in: gateway).value["id"]?.string)
            let path = "/api/prompts/\(id)/labels"
            let first = try await gateway.post(path, ["add": ["b", "a.1"], "reason": "why not"] as JSONValue)
            #expect(try first.status == 200 && first.value["labels"] == ["a.1", "b"], "\(first.text)")
            let second = try await gateway.post(path, ["add": ["b"], "remove": ["a.1", "z"]] as JSONValue).value
            #expect(second["labels"] == ["b"])
            let changes = second["label_changes"]?.array ?? []
            #expect(changes.map { $0["label"]?.string } == ["a.1", "b", "a.1"])
            #expect(changes.first?["reason"] == "why not" && changes.last?["present"] == false)
            #expect(try await gateway.get("/api/prompts?label=b").ids == [id])
            #expect(try await gateway.get("/api/prompts?label=a.1").ids == [])
            #expect(try await gateway.post("/api/prompts/\(UUID())/labels", ["add": ["x"]] as JSONValue).status == 404)
        }
    }

    @Test(
        "labels that could be taken for something else are refused",
        arguments: [
            ([:], "add"), (["add": ["Über"]], "add[0]"), (["add": ["prod"]], "add[0]"),
            (["remove": ["production"]], "remove[0]"), (["add": [], "remove": nil], "add"),
            (["tag": ["a"]], "tag"),
        ] as [(JSONValue, String)])
    func badLabels(_ body: JSONValue, _ field: String) async throws {
        try await TestGateway.open { gateway in
            let id = try #require(try await draft("New words.", in: gateway).value["id"]?.string)
            let response = try await gateway.post("/api/prompts/\(id)/labels", body)
            #expect(response.status == 422)
            #expect(try response.value["errors"]?[0]?["field"] == .string(field), "\(response.text)")
        }
    }

    @Test("the same words or the same version are not added twice")
    func twice() async throws {
        try await TestGateway.open { gateway async throws in
            #expect(try await draft("New words.", in: gateway, more: ["version": "2.0.0"]).status == 201)
            #expect(try await draft("New words.", in: gateway).status == 409)
            #expect(try await draft("Other words.", in: gateway, more: ["version": "2.0.0"]).status == 409)
            #expect(try await draft("Other words.", in: gateway).value["version"] == "1.2.0")
        }
    }

    @Test("an optimization is queued and asked for, one at a time, and its best prompt is deployed by a person")
    func optimize() async throws {
        try await TestGateway.open { gateway in
            let suite: JSONValue = ["id": "s", "category": "analysis", "cases": [["id": "1", "input": "x"]]]
            _ = try await gateway.post("/api/benchmarks", suite)
            #expect(try await gateway.get("/api/optimize/ada/status").status == 404)
            let wanted: JSONValue = [
                "benchmark": "s", "algorithm": "nsga2", "budget": ["max_cost_usd": 2.5], "seed": 7,
            ]
            let queued = try await gateway.post("/api/optimize/ada", wanted)
            #expect(try queued.status == 202 && queued.value["status"] == "queued" && queued.value["seed"] == 7)
            let asked = try #require(
                try await gateway.workshop.posted(OptimizationRequested.self, reaching: 1).first
            ).body
            #expect(asked.agentID == .ada && asked.budget?.maxCostUSD == 2.5 && asked.algorithm == .nsga2)
            #expect(try await gateway.post("/api/optimize/ada", wanted).status == 409)
            #expect(try await gateway.post("/api/optimize/ada/deploy", JSONValue.object([:])).status == 409)

            let best = try #require(try await draft("The best.", in: gateway).value["id"]?.string)
            try await gateway.workshop.database.pool.run(
                "update optimizations set status = 'completed', best_prompt_id = \(best)::uuid")
            let deployed = try await gateway.post("/api/optimize/ada/deploy", JSONValue.object([:]))
            #expect(try deployed.status == 200 && deployed.value["state"] == "production", "\(deployed.text)")
            #expect(
                try await gateway.get("/api/optimize/ada/history").value["items"]?[0]?["best_prompt_id"]
                    == .string(best))
            let bad = try await gateway.post("/api/optimize/ada", ["benchmark": "none"] as JSONValue)
            #expect(try bad.status == 422 && bad.value["errors"]?[0]?["field"] == "benchmark")
            let odd = try await gateway.post(
                "/api/optimize/ada", ["benchmark": "s", "algorithm": "magic"] as JSONValue)
            #expect(try odd.value["errors"]?[0]?["field"] == "algorithm")
        }
    }

    @Test("a search is cancelled by a word, whether an optimizer is there or not, and only where one is under way")
    func cancel() async throws {
        try await TestGateway.open { gateway in
            let suite: JSONValue = ["id": "s", "category": "analysis", "cases": [["id": "1", "input": "x"]]]
            _ = try await gateway.post("/api/benchmarks", suite)
            #expect(try await gateway.post("/api/optimize/ada/cancel", [:] as JSONValue).status == 409)
            let queued = try await gateway.post("/api/optimize/ada", ["benchmark": "s"] as JSONValue).value
            let answer = try await gateway.post("/api/optimize/ada/cancel", ["reason": "wrong suite"] as JSONValue)
            #expect(try answer.status == 200 && answer.value["id"] == queued["id"], "\(answer.text)")
            #expect(try answer.value["status"] == "cancelled" && answer.value["error_code"] == "cancelled")
            #expect(try answer.value["end_reason"]?.string?.contains("wrong suite") == true)
            #expect(try await gateway.get("/api/optimize/ada/status").value["status"] == "cancelled")
            let end = try await gateway.workshop.posted(ProgressMade.self, reaching: 1).last?.body
            #expect(end?.subject == .optimization && end?.kind == .done && end?.data?["status"] == "cancelled")
            #expect(try await gateway.post("/api/optimize/ada/cancel", [:] as JSONValue).status == 409)
            #expect(try await gateway.post("/api/optimize/ada", ["benchmark": "s"] as JSONValue).status == 202)
        }
    }

    @Test("candidates are shown with what they would replace")
    func candidates() async throws {
        try await TestGateway.open { gateway in
            #expect(try await gateway.get("/api/candidates").value["items"] == [])
            let id = try #require(
                try await draft("New words.", in: gateway).value["id"]?.string.flatMap { PromptID($0) })
            try await gateway.workshop.store.prompts.move(id, to: .candidate, by: "test", because: "won")
            let found = try await gateway.get("/api/candidates").value["items"]?[0]
            #expect(found?["prompt"]?["id"] == .string(id.description) && found?["gate"] == .null)
            #expect(found?["production"]?.string != nil)
            #expect(try await gateway.get("/api/experiments?kind=party").status == 422)
            #expect(try await gateway.get("/api/experiments").value["items"] == [])
            #expect(try await gateway.get("/api/experiments/\(id)").status == 404)
        }
    }
}
