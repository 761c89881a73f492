import Foundation
import HTTP
import HoneAPI
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import Postgres
import ScriptedModel
import TestServers
import Testing

@testable import Evaluator
@testable import Executor
@testable import Gateway
@testable import Router

@Suite("Promotions over HTTP", .timeLimit(.minutes(10)))
struct PromotionRouteTests {
    private func draft(_ words: String, in gateway: TestGateway) async throws -> PromptID {
        let made = try await gateway.post(
            "/api/prompts",
            ["agent_id": "ada", "template": ["system": .string(words), "user": "{{ input }}"]] as JSONValue)
        return try #require(try made.value["id"]?.string.flatMap { PromptID($0) }, "\(made.text)")
    }

    /// A candidate that a gate has proved better than `baseline`.
    private func candidate(_ words: String, over baseline: PromptID, in gateway: TestGateway) async throws -> PromptID {
        let id = try await draft(words, in: gateway)
        try await gateway.workshop.store.prompts.move(id, to: .candidate, by: "optimizer", because: "won")
        let results = """
            {"verdict": "promote", "reason": "it is better", "pairs": 50, "evidence": 31.5, "threshold": 20, "gain": 0.2,
            "warnings": ["the holdout is worn"],
            "wins": ["a", "b"], "losses": ["c"], "cost": {"ratio": 1.02, "low": 1, "high": 1.05},
            "time": {"ratio": 0.9, "low": 0.8, "high": 1}}
            """
        try await gateway.workshop.database.pool.run(
            """
            insert into experiments (id, prompt_id, baseline_prompt_id, kind, status, results, completed_at)
            values (gen_random_uuid(), \(id)::uuid, \(baseline)::uuid, 'gate', 'completed', \(results)::jsonb, now())
            """)
        return id
    }

    private func production(_ gateway: TestGateway) async throws -> PromptID {
        try #require(try await gateway.workshop.store.prompts.production(of: .ada)).prompt.id
    }

    private func approve(_ id: PromptID, _ body: JSONValue = [:], in gateway: TestGateway) async throws -> HTTPResponse
    {
        try await gateway.post("/api/prompts/\(id)/approve", body)
    }

    @Test("a candidate is shown with all that an approver needs, and what is approved says what it rests on")
    func candidates() async throws {
        try await TestGateway.open { gateway in
            let first = try await production(gateway)
            let id = try await candidate("Think first.", over: first, in: gateway)
            let shown = try #require(try await gateway.get("/api/candidates?agent_id=ada").value["items"]?[0])
            #expect(shown["production"] == .string(first.description) && shown["proof"] == "proved")
            #expect(shown["diff"]?["unified"]?.string?.contains("+Think first.") == true && shown["stale"] == false)
            #expect(shown["verdict"]?["verdict"] == "promote" && shown["verdict"]?["wins"] == ["a", "b"])
            #expect(shown["verdict"]?["losses"] == ["c"] && shown["verdict"]?["cost_ratio"] == 1.02)
            #expect(shown["verdict"]?["duration_ratio"] == 0.9 && shown["verdict"]?["mean_gain"] == 0.2)
            #expect(shown["verdict"]?["reason"] == "it is better")
            #expect(shown["verdict"]?["warnings"] == ["the holdout is worn"])
            #expect((shown["age_seconds"]?.double ?? -1) >= 0 && shown["canary"] == .null)
            let approved = try await approve(id, ["reason": "better"], in: gateway).value
            #expect(approved["state"] == "production" && approved["proof"] == "proved", "\(approved)")
            #expect(approved["deployment"]?["status"] == "watching" && approved["deployment"]?["share"] == 1)
            #expect(approved["deployment"]?["baseline_prompt_id"] == .string(first.description))
            let move = approved["transitions"]?.array?.last
            #expect(move?["proof"] == "proved" && move?["experiment_id"] == shown["gate"]?["id"])
            let unproved = try await approve(try await draft("Unproved.", in: gateway), in: gateway).value
            #expect(unproved["proof"] == "unproved" && unproved["transitions"]?.array?.last?["proof"] == "unproved")
            #expect(try await gateway.get("/api/candidates").value["items"] == [])
        }
    }

    @Test("a candidate whose gate was against an earlier prompt takes force and a reason")
    func stale() async throws {
        try await TestGateway.open { gateway in
            let first = try await production(gateway)
            let (one, other) = (
                try await candidate("One.", over: first, in: gateway),
                try await candidate("Two.", over: first, in: gateway)
            )
            #expect(try await approve(one, in: gateway).status == 200)
            let shown = try await gateway.get("/api/candidates").value["items"]?[0]
            #expect(shown?["stale"] == true && shown?["proof"] == "stale")
            let refused = try await approve(other, ["reason": "still better"], in: gateway)
            #expect(try refused.status == 409 && refused.value["detail"]?.string?.contains("stale") == true)
            let silent = try await approve(other, ["force": true], in: gateway)
            #expect(try silent.status == 422 && silent.fault == "reason")
            let forced = try await approve(other, ["force": true, "reason": "I have seen it"], in: gateway)
            #expect(try forced.status == 200 && forced.value["proof"] == "stale")
            let entry = try #require(try await gateway.workshop.store.audit.list(limit: 1).first)
            #expect(entry.details["forced"] == true && entry.details["proof"] == "stale")
        }
    }

    @Test("of two people who approve at once one wins, and the other is told why not")
    func race() async throws {
        try await TestGateway.open { gateway in
            let first = try await production(gateway)
            let one = try await candidate("One.", over: first, in: gateway)
            let other = try await candidate("Two.", over: first, in: gateway)
            for ids in [[one, other], [one, one]] {
                let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                    for id in ids { group.addTask { try await approve(id, in: gateway).status } }
                    return try await group.reduce(into: []) { $0.append($1) }.sorted()
                }
                #expect(answers == (ids[0] == ids[1] ? [409, 409] : [200, 409]))
                if ids[0] != ids[1] {
                    // The first race may be won by either; the second is about one that won or is stale.
                    #expect(try await gateway.workshop.store.deployments.list(of: .ada, limit: 9).count == 1)
                }
            }
        }
    }

    @Test("a canary is begun, given another share, and taken back in one step by whoever may")
    func canary() async throws {
        try await TestGateway.open { gateway in
            let store = gateway.workshop.store
            let first = try await production(gateway)
            let id = try await draft("Another way.", in: gateway)
            let socket = try await gateway.socket("/ws/optimize/ada")
            #expect(try await socket.texts(1)[0].json["data"]?["snapshot"]?["deployment"] == .null)
            let begun = try await approve(id, ["share": 0.1, "reason": "try it"], in: gateway).value
            #expect(begun["state"] == "candidate" && begun["deployment"]?["status"] == "canary", "\(begun)")
            #expect(begun["deployment"]?["share"] == 0.1)
            let event = try await socket.texts(2)[1].json
            #expect(event["type"] == "state" && event["data"]?["data"]?["share"] == 0.1, "\(event)")
            let late = try await gateway.socket("/ws/optimize/ada").texts(1)[0].json["data"]?["snapshot"]
            #expect(late?["deployment"]?["status"] == "canary" && late?["deployment"]?["share"] == 0.1)
            #expect(late?["optimization"] == .null && late?["deployment"]?["id"] == begun["deployment"]?["id"])
            #expect(try await gateway.get("/api/candidates").value["items"]?[0]?["canary"]?["share"] == 0.1)
            #expect(try await gateway.get("/api/experiments?kind=canary").value["items"]?[0]?["status"] == "running")
            // Once more without a share would be no one's wish; with one it is changed.
            #expect(try await approve(id, in: gateway).status == 409)
            #expect(try await approve(id, ["share": 0.5], in: gateway).value["deployment"]?["share"] == 0.5)
            let second = try await draft("A third way.", in: gateway)
            #expect(try await approve(second, ["share": 0.1], in: gateway).status == 409)

            let back = try await gateway.post("/api/optimize/ada/rollback", ["reason": "no"] as JSONValue).value
            #expect(back["id"] == .string(first.description) && back["deployment"]?["status"] == "rolled_back")
            #expect(try await store.prompts.load(id)?.lifecycle == .archived)
            #expect(try await store.agents.load(.ada)?.canary == nil)
            #expect(try await gateway.post("/api/optimize/ada/rollback", [:] as JSONValue).status == 409)

            _ = try await approve(second, ["share": 0.1], in: gateway)
            let rejected = try await gateway.post("/api/prompts/\(second)/reject", [:] as JSONValue).value
            #expect(rejected["state"] == "archived" && rejected["deployment"]?["status"] == "rolled_back")
            let third = try await draft("A fourth way.", in: gateway)
            _ = try await approve(third, ["share": 0.1], in: gateway)
            let whole = try await approve(third, ["share": 1], in: gateway).value
            #expect(whole["state"] == "production" && whole["deployment"]?["status"] == "watching")
            #expect(try await gateway.get("/api/optimize/ada/deployment").value["id"] == whole["deployment"]?["id"])
        }
    }

    @Test(
        "a share must be one",
        arguments: [0, -0.1, 1.5] as [Double])
    func badShare(_ share: Double) async throws {
        try await TestGateway.open { gateway in
            let id = try await draft("Another way.", in: gateway)
            let answer = try await approve(id, ["share": .number(share)], in: gateway)
            #expect(try answer.status == 422 && answer.fault == "share")
        }
    }

    @Test("only approvers and admins move prompts")
    func roles() async throws {
        try await TestGateway.guarded { gateway in
            let id = try await draft("Another way.", in: gateway)
            let places = [
                "/api/prompts/\(id)/approve", "/api/prompts/\(id)/reject", "/api/optimize/ada/deploy",
                "/api/optimize/ada/rollback",
            ]
            for role in [Role.viewer, .publisher, .operator] {
                for place in places {
                    let answer = try await gateway.post(place, [:] as JSONValue, headers: [.who(role, "someone")])
                    #expect(answer.status == 403, "\(role) \(place)")
                }
            }
            #expect(try await gateway.workshop.store.prompts.load(id)?.lifecycle == .draft)
            let answer = try await gateway.post(places[0], [:] as JSONValue, headers: [.who(.approver, "ann")])
            #expect(answer.status == 200)
            let moved = try await gateway.workshop.store.prompts.transitions(of: id).last
            #expect(moved?.actor == "jwt:ann")
        }
    }

    @Test(
        "after a deployment the agent's benchmark is run with both prompts, and the difference is told with its interval"
    )
    func comparison() async throws {
        try await TestGateway.open(beside: [Router.self, Executor.self, Evaluator.self]) { gateway in
            let cases = (1...8).map { number -> JSONValue in
                ["id": .string("\(number)"), "input": "a", "expected": ["choice": "positive"], "split": "holdout"]
            }
            let suite: JSONValue = ["id": "s", "category": "analysis", "cases": .array(cases)]
            #expect(try await gateway.post("/api/benchmarks", suite).status == 201)
            let first = try await production(gateway)
            // She said nothing right before.
            gateway.workshop.models.alpha.replace(
                script: Script(
                    [ScriptedRule(.text("positive"), when: .init(system: "Be right."))], otherwise: .text("no")))
            _ = try await gateway.post("/api/optimize/ada", ["benchmark": "s"] as JSONValue)
            let best = try await draft("Be right.", in: gateway)
            try await gateway.workshop.database.pool.run(
                "update optimizations set status = 'completed', best_prompt_id = \(best)::uuid")
            let deployed = try await gateway.post("/api/optimize/ada/deploy", [:] as JSONValue)
            #expect(try deployed.status == 200 && deployed.value["proof"] == "unproved", "\(deployed.text)")
            #expect(try deployed.value["deployment"]?["optimization_id"]?.string != nil)
            try await eventually(within: .seconds(60), "both evaluations are over") {
                let found = try await gateway.get("/api/optimize/ada/deployment").value["comparison"]
                return found?["cases"] == 8
            }
            let status = try await gateway.get("/api/optimize/ada/status").value
            let found = try #require(status["deployment"]?["comparison"])
            #expect(found["benchmark"] == "s" && found["split"] == "holdout" && found["improvement"]?["value"] == 1)
            #expect((found["improvement"]?["low"]?.double ?? 0) > 0.2 && found["improvement"]?["high"] == 1)
            #expect(
                found["baseline"]?["prompt_id"] == .string(first.description) && found["baseline"]?["pass_rate"] == 0)
            #expect(found["wins"]?.array?.count == 8 && found["losses"] == [] && found["optimized"]?["pass_rate"] == 1)
            let kinds =
                try await gateway.get("/api/evaluate/ada/history").value["items"]?.array?.map { $0["kind"] } ?? []
            #expect(Set(kinds) == ["baseline", "optimized"])
            let again = try await gateway.post(
                "/api/evaluate/ada", ["benchmark": "s", "split": "holdout"] as JSONValue)
            #expect(again.status == 202)
            try await eventually("the latest is compared with the baseline") {
                try await gateway.get("/api/evaluate/ada/latest").value["comparison"]?["improvement"]?["value"] == 1
            }
        }
    }

    @Test("an agent that no benchmark has measured is not measured after a deployment either, and that is told")
    func unmeasured() async throws {
        try await TestGateway.open { gateway in
            #expect(try await gateway.get("/api/optimize/ada/deployment").status == 404)
            _ = try await approve(try await draft("Another way.", in: gateway), in: gateway)
            try await eventually("it is told") {
                try await gateway.get("/api/optimize/ada/deployment").value["evaluation_note"]?.string != nil
            }
            #expect(try await gateway.workshop.store.deployments.unevaluated().isEmpty)
        }
    }
}
