import Foundation
import HTTP
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import Postgres
import TestServers
import Testing

@testable import Evaluator
@testable import Executor
@testable import Gateway
@testable import Router

@Suite("Who changed what", .timeLimit(.minutes(10)))
struct AuditTests {
    /// Work that is handed in, and words about it, are on record by themselves; the rest reads, though by POST.
    private static let others: Set<String> = [
        "POST /api/tasks", "POST /api/tasks/{id}/feedback", "POST /api/execute/{agent_id}", "POST /v1/chat/completions",
        "POST /api/routing/preview", "POST /api/agents/{id}/compile",
    ]

    @Test("every route that changes something leaves one row: who did what")
    func census() async throws {
        let services: [any ServiceDefinition.Type] = [Router.self, Executor.self, Evaluator.self]
        try await TestGateway.open(
            settings: TestGateway.withAuthentication, gateway: RouteCensus.self, beside: services,
            standing: .who(.admin, "root")
        ) { gateway in
            let changes = Changes(gateway)
            try await resources(changes)
            try await prompts(changes)
            try await optimizations(changes)
            try await evaluations(changes)
            try await operations(changes)
            let routed = try RouteCensus.places().filter { $0.method != "GET" }.map(\.description)
            #expect(Set(routed).subtracting(Self.others) == changes.seen)
        }
    }

    @Test("a change that is refused leaves none")
    func refused() async throws {
        try await TestGateway.guarded { gateway in
            let suite: JSONValue = ["id": "s", "category": "analysis", "cases": []]
            let answers = [
                try await gateway.post("/api/agents", ["id": "ada", "model": "alpha"] as JSONValue),
                try await gateway.post("/api/agents", ["id": "x", "model": "none", "colour": 1] as JSONValue),
                try await gateway.post("/api/optimize/ada/rollback", [:] as JSONValue),
                try await gateway.post("/api/benchmarks", suite, headers: [.who(.viewer, "vic")]),
            ]
            #expect(answers.map(\.status) == [409, 422, 409, 403])
            #expect(try await gateway.workshop.store.audit.list(limit: 10).isEmpty)
        }
    }

    private func resources(_ changes: Changes) async throws {
        let item: JSONValue = ["id": "1", "input": "x", "expected": ["choice": "positive"]]
        let suite: JSONValue = ["id": "s", "category": "analysis", "cases": [item]]
        try await changes.make("POST /api/benchmarks", body: suite, is: "benchmark.create")
        let model: JSONValue = ["id": "gamma", "provider": "echo", "model": "echo"]
        try await changes.make("POST /api/models", body: model, is: "model.create")
        try await changes.make("PUT /api/models", body: model, is: "model.update")
        let eve: JSONValue = ["id": "eve", "model": "alpha"]
        try await changes.make("POST /api/agents", body: eve, is: "agent.create")
        try await changes.make("PUT /api/agents/{id}", "eve", body: eve, is: "agent.update")
        try await changes.make("DELETE /api/agents/{id}", "eve", is: "agent.retire")
    }

    private func draft(_ words: String, _ changes: Changes) async throws -> String {
        let draft: JSONValue = ["agent_id": "ada", "template": ["system": .string(words), "user": "{{ input }}"]]
        let made = try await changes.make("POST /api/prompts", body: draft, is: "prompt.create")
        return try #require(made["id"]?.string)
    }

    private func prompts(_ changes: Changes) async throws {
        try await changes.make("POST /api/prompts/{id}/approve", try await draft("One.", changes), is: "prompt.approve")
        try await changes.make("POST /api/optimize/{agent_id}/rollback", "ada", is: "prompt.rollback")
        let draft = try await draft("Two.", changes)
        try await changes.make("POST /api/prompts/{id}/labels", draft, body: ["add": ["x"]], is: "prompt.label")
        try await changes.make("POST /api/prompts/{id}/reject", draft, is: "prompt.reject")
    }

    private func optimizations(_ changes: Changes) async throws {
        try await changes.make(
            "POST /api/optimize/{agent_id}", "ada", body: ["benchmark": "s"], is: "optimization.start")
        try await changes.make("POST /api/optimize/{agent_id}/cancel", "ada", is: "optimization.cancel")
        let best = try await draft("The best.", changes)
        try await changes.gateway.workshop.database.pool.run(
            "update optimizations set status = 'completed', best_prompt_id = \(best)::uuid")
        try await changes.make("POST /api/optimize/{agent_id}/deploy", "ada", is: "prompt.deploy")
    }

    private func evaluations(_ changes: Changes) async throws {
        try await changes.make(
            "POST /api/evaluate/{agent_id}", "ada", body: ["benchmark": "s"], is: "evaluation.start")
        let gateway = changes.gateway
        try await eventually("the evaluation is over") {
            try await gateway.get("/api/evaluate/ada/latest").value["status"] == "completed"
        }
        try await changes.make("POST /api/evaluate/{agent_id}/baseline", "ada", is: "evaluation.baseline")
    }

    private func operations(_ changes: Changes) async throws {
        let workshop = changes.gateway.workshop
        let task = try await workshop.assign(TaskSubmitted(input: "x", category: .analysis)).taskID
        try await changes.make("POST /api/tasks/{id}/cancel", "\(task)", is: "task.cancel")
        try await workshop.publish("{}", to: .tasksSubmitted)
        let letter = try await workshop.deadLetters(reaching: 1)[0].id
        try await changes.make("POST /api/dead-letters/{id}/replay", letter, is: "dead_letter.replay")
        try await changes.make("POST /api/system/sync-all", is: "system.sync")
        try await changes.make("PUT /api/system/budgets", body: ["daily_usd": 25], is: "budget.set")
    }
}

/// Makes changes, each by somebody else, and looks at what the audit log says of them.
private final class Changes {
    let gateway: TestGateway
    private(set) var seen: Set<String> = []
    private var rows = 0

    init(_ gateway: TestGateway) { self.gateway = gateway }

    @discardableResult
    func make(
        _ route: String, _ names: String..., body: JSONValue = [:], is action: String
    ) async throws -> JSONValue {
        let parts = route.split(separator: " ").map(String.init)
        let place = RouteCensus.Place(method: parts[0], template: parts[1])
        seen.insert(route)
        rows += 1
        let answer = try await gateway.send(
            place.method, place.path(names), body: body, headers: [.who(.admin, "admin-\(rows)")])
        #expect((200...202).contains(answer.status), "\(route): \(answer.text)")
        let entries = try await gateway.workshop.store.audit.list(limit: 100)
        #expect(entries.count == rows, "\(route)")
        #expect(entries.first?.action == action && entries.first?.actor == "jwt:admin-\(rows)", "\(route)")
        return try answer.value
    }
}
