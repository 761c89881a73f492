import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import Testing

@testable import Router

@Suite("Routing", .timeLimit(.minutes(3)))
struct RoutingTests {
    @Test("a task goes to an agent with everything that its publisher said, known to us or not")
    func passesThrough() async throws {
        try await Workshop.open { workshop in
            let id = TaskID.new()
            try await workshop.running([Router.self]) {
                try await workshop.submit([
                    "task_id": .string(id.description), "input": ["text": "fine"], "category": "analysis",
                    "complexity": 2, "user_id": "u1", "session_id": "s1", "metadata": ["ticket": 12],
                    "expected": ["choice": "positive"], "pin": ["seed": 7], "colour": ["blue", 3],
                ])
                let assigned = try #require(try await workshop.posted(TaskAssigned.self, reaching: 1).first).body
                #expect(assigned.taskID == id && assigned.agentID == .ada && assigned.attempt == 1)
                #expect(assigned.promptID == (try await workshop.store.prompts.production(of: .ada))?.prompt.id)
                #expect(assigned.task.input == ["text": "fine"] && assigned.task.expected == .choice("positive"))
                #expect(assigned.task.userID == "u1" && assigned.task.sessionID == "s1")
                #expect(assigned.task.metadata == ["ticket": 12] && assigned.task.pin?.seed == 7)
                #expect(assigned.task.unknown == ["colour": ["blue", 3]])
                let record = try await workshop.task(id, is: .routed)
                #expect(record.agentID == .ada && record.attempt == 1)
                #expect(record.routingDecisionID == assigned.routingDecisionID)
            }
        }
    }

    @Test(
        "the priority decides the lane",
        arguments: [(9, Lane.interactive), (7, .interactive), (5, .standard), (2, .batch)])
    func lanes(_ priority: Int, _ lane: Lane) async throws {
        try await Workshop.open { workshop in
            try await workshop.running([Router.self]) {
                try await workshop.submit(["input": "x", "category": "analysis", "priority": .integer(Int64(priority))])
                _ = try await workshop.posted(TaskAssigned.self, lane, reaching: 1)
            }
            let others = Lane.allCases.filter { $0 != lane }
            for other in others { #expect(try await workshop.posted(TaskAssigned.self, other).isEmpty) }
        }
    }

    @Test("every decision is on record with all that led to it")
    func decisions() async throws {
        try await Workshop.open(settings: ["HONE_ROUTING_POLICY": "thompson"]) { workshop in
            let id = TaskID.new()
            try await workshop.running([Router.self]) {
                try await workshop.submit(["task_id": .string(id.description), "input": "x", "category": "analysis"])
                let assigned = try #require(try await workshop.posted(TaskAssigned.self, reaching: 1).first).body
                let routed = try #require(try await workshop.store.routing.decisions(of: id).first)
                let decision = routed.decision
                #expect(decision.id == assigned.routingDecisionID && routed.agentID == assigned.agentID)
                #expect(routed.attempt == 1 && decision.policy == "thompson" && decision.candidates == [.ada, .bob])
                #expect(decision.scores.count == 2 && decision.propensities.count == 2)
                #expect(abs(decision.propensities.reduce(0, +) - 1) < 1e-9)
                #expect(decision.features.count == 2 * decision.featureNames.count && !decision.featureNames.isEmpty)
                #expect(decision.reason.contains("thompson chose \(assigned.agentID) of 2 candidates"))
            }
        }
    }

    @Test("with the same seed the same task meets the same draws")
    func seeds() async throws {
        let id = TaskID.new()
        let draw = Collected<[Double]>()
        for _ in 0..<2 {
            try await Workshop.open(settings: ["HONE_ROUTING_POLICY": "thompson"]) { workshop in
                try await workshop.running([Router.self]) {
                    try await workshop.submit([
                        "task_id": .string(id.description), "input": "x", "category": "analysis",
                    ])
                    _ = try await workshop.posted(TaskAssigned.self, reaching: 1)
                }
                draw.add(try #require(try await workshop.store.routing.decisions(of: id).first).decision.scores)
            }
        }
        #expect(draw.all.count == 2 && draw.all[0] == draw.all[1] && draw.all[0].count == 2)
    }

    @Test("greedy follows what the agents have achieved")
    func greedy() async throws {
        try await Workshop.open { workshop in
            try await workshop.remember(.ada, tasks: 40, overall: 0.3)
            try await workshop.remember(.bob, tasks: 40, overall: 0.9)
            try await workshop.running([Router.self]) {
                for _ in 0..<2 { try await workshop.submit(["input": "x", "category": "analysis"]) }
                let assigned = try await workshop.posted(TaskAssigned.self, reaching: 2)
                #expect(assigned.map(\.body.agentID) == [.bob, .bob])
            }
        }
    }

    @Test("a pin names agent, prompt and seed")
    func pins() async throws {
        try await Workshop.open { workshop in
            let prompt = try #require(try await workshop.store.prompts.production(of: .ada)).prompt.id
            let id = TaskID.new()
            try await workshop.running([Router.self]) {
                try await workshop.submit([
                    "task_id": .string(id.description), "input": "x", "category": "analysis",
                    "pin": ["agent_id": "bob", "prompt_id": .string(prompt.description)],
                ])
                let assigned = try #require(try await workshop.posted(TaskAssigned.self, reaching: 1).first).body
                #expect(assigned.agentID == .bob && assigned.promptID == prompt)
                #expect(try await workshop.store.routing.decisions(of: id).map(\.decision.policy) == ["pinned"])
            }
        }
    }
}
