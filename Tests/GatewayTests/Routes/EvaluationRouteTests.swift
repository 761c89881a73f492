import Foundation
import HTTP
import HoneAPI
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import TestServers
import Testing

@testable import Evaluator
@testable import Executor
@testable import Gateway
@testable import Router

@Suite("Evaluations over HTTP", .timeLimit(.minutes(10)))
struct EvaluationRouteTests {
    /// Ada says that everything is positive: she passes half of it.
    private static let suite: JSONValue = [
        "id": "s", "category": "analysis",
        "cases": [
            ["id": "1", "input": "a", "expected": ["choice": "positive"], "split": "train"],
            ["id": "2", "input": "b", "expected": ["choice": "negative"], "split": "train"],
            ["id": "3", "input": "c", "expected": ["choice": "positive"], "split": "holdout"],
            ["id": "4", "input": "d", "expected": ["choice": "negative"], "split": "holdout"],
        ],
    ]

    private func completed(_ gateway: TestGateway, _ query: String = "") async throws -> JSONValue {
        try await eventually("the evaluation is over") {
            try await gateway.get("/api/evaluate/ada/latest\(query)").value["status"] == "completed"
        }
        return try await gateway.get("/api/evaluate/ada/latest\(query)").value
    }

    @Test("an evaluation runs every case through the bus, and counts in no statistics")
    func whole() async throws {
        try await TestGateway.open(beside: [Router.self, Executor.self, Evaluator.self]) { gateway in
            #expect(try await gateway.post("/api/benchmarks", Self.suite).status == 201)
            let started = try await gateway.post("/api/evaluate/ada", ["benchmark": "s"] as JSONValue)
            #expect(try started.status == 202 && started.value["status"] == "running" && started.value["cases"] == 4)
            #expect(started.headers["location"] == "/api/evaluate/ada/latest")
            let done = try await completed(gateway)
            #expect(done["pass_rate"] == 0.5 && done["done"] == 4 && done["kind"] == "regular", "\(done)")
            #expect(done["results"]?.array?.map { $0["passed"] } == [true, false, true, false])
            #expect(done["avg_confidence"]?.double != nil && done["results"]?[0]?["error_code"] == .null)
            let board = try await gateway.get("/api/agents/leaderboard?from=2020-01-01").value["items"]?.array ?? []
            #expect(board.allSatisfy { $0["total_tasks"] == 0 })
            let id = try #require(done["experiment_id"]?.string)
            let experiment = try await gateway.get("/api/experiments/\(id)").value
            #expect(experiment["kind"] == "evaluation" && experiment["status"] == "completed")
            #expect(experiment["cases"] == 4 && experiment["done"] == 4 && experiment["passed"] == 2)
            let progress = try await gateway.workshop.posted(ProgressMade.self, reaching: 1).map(\.body)
                .filter { $0.subject == .evaluation }
            #expect(progress.contains { $0.kind == .done && $0.agentID == .ada && $0.fraction == 1 })
        }
    }

    @Test("a part of the cases can be asked for, and a baseline takes the place of the one before")
    func baselines() async throws {
        try await TestGateway.open(beside: [Router.self, Executor.self, Evaluator.self]) { gateway in
            _ = try await gateway.post("/api/benchmarks", Self.suite)
            let wanted: JSONValue = ["benchmark": "s", "split": "train", "limit": 1, "kind": "baseline"]
            let first = try await gateway.post("/api/evaluate/ada", wanted).value
            #expect(first["cases"] == 1 && first["baseline"] == false)
            let done = try await completed(gateway)
            #expect(done["baseline"] == true && done["pass_rate"] == 1 && done["split"] == "train")

            let second = try await gateway.post("/api/evaluate/ada", ["benchmark": "s"] as JSONValue).value
            let id = try #require(second["id"])
            let early = try await gateway.post("/api/evaluate/ada/baseline", ["evaluation_id": id] as JSONValue)
            #expect([200, 409].contains(early.status))
            _ = try await completed(gateway)
            let marked = try await gateway.post("/api/evaluate/ada/baseline", ["evaluation_id": id] as JSONValue)
            #expect(try marked.status == 200 && marked.value["baseline"] == true)
            let history = try await gateway.get("/api/evaluate/ada/history").value["items"]?.array ?? []
            #expect(
                history.map { $0["baseline"] } == [true, false] && history.map { $0["results"] } == [.null, .null])
        }
    }

    @Test("an evaluation that nobody could work on fails with the reason, though the bus lost it")
    func loss() async throws {
        try await TestGateway.open { first in
            let workshop = first.workshop
            _ = try await first.post("/api/benchmarks", Self.suite)
            let started = try await first.post("/api/evaluate/ada", ["benchmark": "s"] as JSONValue).value
            let id = try #require(started["id"]?.string.flatMap { EvaluationID($0) })
            // What is on record is looked after, whoever started it.
            try await workshop.bus.loseEverything()
            let tasks = try await workshop.store.evaluations.results(of: NewEvaluation.experiment(of: id))
            #expect(tasks.count == 4 && tasks.allSatisfy { !$0.isOver && $0.status == .submitted })
            _ = try await workshop.store.tasks.finish(
                tasks.map { Ending(taskID: $0.taskID, fault: TaskFault(.modelUnavailable, "nobody was there")) })
            try await eventually("it is over") {
                try await workshop.store.evaluations.load(id)?.status == .failed
            }
            let latest = try await first.get("/api/evaluate/ada/latest").value
            #expect(latest["error_message"] == "no case was completed: model_unavailable")
            #expect(latest["pass_rate"] == .null && latest["done"] == 4)
        }
    }

    @Test(
        "bad input is named by its field",
        arguments: [
            (["benchmark": "none"], "benchmark"), (["benchmark": "s", "limit": 0], "limit"),
            (["benchmark": "s", "split": "test"], "split"), (["benchmark": "s", "split": "validation"], "split"),
            (["benchmark": "s", "prompt_id": "0b7c1d52-5a0e-5c3f-9a44-6b1f0e2d7a01"], "prompt_id"),
            (["benchmark": "s", "kind": "great"], "kind"), (["bench": "s"], "benchmark"),
        ] as [(JSONValue, String)])
    func badInput(_ body: JSONValue, _ field: String) async throws {
        try await TestGateway.open { gateway in
            _ = try await gateway.post("/api/benchmarks", Self.suite)
            let response = try await gateway.post("/api/evaluate/ada", body)
            #expect(response.status == 422)
            #expect(try response.value["errors"]?[0]?["field"] == .string(field), "\(response.text)")
        }
    }

    @Test("there is nothing to tell of an agent that is not there, or was never evaluated")
    func nothing() async throws {
        try await TestGateway.open { gateway async throws in
            #expect(try await gateway.get("/api/evaluate/nobody/history").status == 404)
            #expect(try await gateway.get("/api/evaluate/ada/latest").status == 404)
            #expect(try await gateway.get("/api/evaluate/ada/history").value["items"] == [])
            #expect(try await gateway.post("/api/evaluate/ada/baseline", JSONValue.object([:])).status == 409)
        }
    }
}
