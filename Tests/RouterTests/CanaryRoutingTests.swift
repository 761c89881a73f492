import Foundation
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import TestServers
import Testing

@testable import Router

@Suite("Canaries on the road", .timeLimit(.minutes(3)))
struct CanaryRoutingTests {
    /// A prompt of Ada's that is a canary with this share.
    private func canary(_ workshop: Workshop, share: Double) async throws -> (canary: Canary, production: PromptID) {
        let prompt = NewPrompt(agentID: .ada, template: PromptTemplate(system: "Another way."), actor: "test")
        _ = try await workshop.store.prompts.add(prompt)
        let production = try #require(try await workshop.store.prompts.production(of: .ada)).prompt.id
        let move = try await Promotion(store: workshop.store).approve(
            prompt.id, PromotionWish(share: share), by: "test")
        try await move.announce(through: workshop.bus.transport)
        return (Canary(promptID: prompt.id, share: share), production)
    }

    private func task(_ id: TaskID, _ more: [String: JSONValue] = [:]) -> JSONValue {
        let fields: [String: JSONValue] = [
            "task_id": .string(id.description), "input": "x", "category": "analysis",
            "pin": ["agent_id": "ada"], "priority": 5,
        ]
        return .object(fields.merging(more) { $1 })
    }

    @Test("a canary does its share of an agent's tasks, and each task has its prompt for good")
    func share() async throws {
        try await Workshop.open(on: .redis) { workshop in
            let (canary, production) = try await canary(workshop, share: 0.25)
            let ids = (0..<400).map { TaskID(derivedFrom: TaskID(UUID.hone), "task \($0)") }
            try await workshop.running([Router.self]) {
                for id in ids { try await workshop.submit(task(id), id: "message-\(id)") }
                let assigned = try await workshop.posted(TaskAssigned.self, reaching: ids.count).map(\.body)
                let prompts = Dictionary(assigned.map { ($0.taskID, $0.promptID) }) { first, _ in first }
                for id in ids { #expect(prompts[id] == (canary.takes(id) ? canary.promptID : production)) }
                let count = prompts.values.count { $0 == canary.promptID }
                // Four standard deviations of a binomial draw.
                #expect((66...134).contains(count))
                try await workshop.redeliver(.tasksSubmitted)
                let again = try await workshop.posted(TaskAssigned.self, reaching: 2 * ids.count).map(\.body)
                #expect(again.allSatisfy { $0.promptID == prompts[$0.taskID] })
            }
        }
    }

    @Test("a pinned prompt and a trial never meet a canary")
    func pinned() async throws {
        try await Workshop.open { workshop in
            let (canary, production) = try await canary(workshop, share: 0.5)
            let taken = (0..<64).map { TaskID(derivedFrom: TaskID(UUID.hone), "task \($0)") }.filter(canary.takes)
            let (first, second) = (taken[0], taken[1])
            try await workshop.running([Router.self]) {
                let pin: JSONValue = ["agent_id": "ada", "prompt_id": .string(production.description)]
                try await workshop.submit(task(first, ["pin": pin]))
                try await workshop.submit(
                    task(second, ["experiment_id": .string(ExperimentID(UUID()).description)]))
                let assigned = try await workshop.posted(TaskAssigned.self, reaching: 2).map(\.body)
                #expect(assigned.map(\.promptID) == [production, production])
            }
        }
    }

    @Test("routers learn of a canary, of its share and of its end while they run")
    func changes() async throws {
        try await Workshop.open(on: .redis) { workshop in
            try await workshop.running([Router.self]) {
                let promotion = Promotion(store: workshop.store)
                let (canary, production) = try await canary(workshop, share: 0.999_999)
                try await untilTasksHave(canary.promptID, in: workshop)
                let move = try await promotion.rollBack(.ada, by: "test", because: "no")
                #expect(move.changes.map(\.to) == [.archived])
                try await move.announce(through: workshop.bus.transport)
                try await untilTasksHave(production, in: workshop)
            }
        }
    }

    private func untilTasksHave(_ prompt: PromptID, in workshop: Workshop) async throws {
        try await eventually("tasks are done with \(prompt)") {
            let id = TaskID.new()
            try await workshop.submit(task(id))
            let record = try await workshop.task(id, is: .routed)
            return record.promptID == prompt
        }
    }
}
