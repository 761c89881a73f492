import Foundation
import HoneCore
import HoneIntelligence
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
@testable import Optimizer
@testable import Router

@Suite("Canaries", .timeLimit(.minutes(5)))
struct CanaryTests {
    private static let now = ["HONE_CANARY_PERIOD": "1ms", "HONE_CANARY_TASKS": "20"]

    private func alternating(_ one: PromptID, _ other: PromptID, _ count: Int) -> [PromptID] {
        (0..<count).map { $0 % 2 == 0 ? one : other }
    }

    private static func submit(to workshop: Workshop) async throws {
        try await workshop.submit([
            "input": "fine", "category": "analysis", "complexity": 2, "expected": ["choice": "positive"],
            "pin": ["agent_id": "ada"],
        ])
    }

    @Test("one whose work fails on the way through all services is taken back, with who and why, and all are told")
    func harmful() async throws {
        try await Workshop.open(on: .redis, settings: Self.now) { workshop in
            workshop.models.alpha.replace(
                script: Script(
                    [ScriptedRule(.text("negative"), when: .init(system: "Be wrong."))], otherwise: .text("positive")))
            let bad = try await workshop.draft("Be wrong.")
            let production = try #require(try await workshop.store.prompts.production(of: .ada)).prompt.id
            try await workshop.running([Router.self, Executor.self, Evaluator.self, Optimizer.self]) {
                let move = try await Promotion(store: workshop.store).approve(
                    bad, PromotionWish(share: 0.5, reason: "looks good"), by: "ann")
                try await move.announce(through: workshop.bus.transport)
                try await eventually("the router knows of the canary") {
                    try await Self.submit(to: workshop)
                    return try await workshop.database.pool.first(
                        """
                        select exists (select from agent_tasks where prompt_id = \(bad)::uuid) as taken
                        """, as: Bool.self) == true
                }
                for _ in 0..<120 { try await Self.submit(to: workshop) }
                try await eventually(within: .seconds(150), "the canary is taken back") {
                    try await workshop.state(of: bad) == .archived
                }
                _ = try await workshop.posted(PromptChanged.self, reaching: 2)
            }
            #expect(try await workshop.store.prompts.production(of: .ada)?.prompt.id == production)
            let moves = try await workshop.store.prompts.transitions(of: bad)
            #expect(moves.map(\.toState) == [.draft, .candidate, .archived] && moves[1].proof == .unproved)
            #expect(moves[2].actor == "canary" && moves[2].reason.contains("evidence of worse score"))
            let deployment = try #require(try await workshop.store.deployments.latest(of: bad))
            #expect(deployment.status == .rolledBack && deployment.figures?["harm"] == "score")
            let experiment = try #require(try await workshop.store.experiments.load(deployment.experimentID))
            #expect(experiment.status == "completed" && experiment.results?["harm"] == "score")
            let told = try await workshop.posted(PromptChanged.self).map(\.body).filter { $0.promptID == bad }
            #expect(told.map(\.to) == [.candidate, .archived])
            let progress = try await workshop.posted(ProgressMade.self).map(\.body)
                .filter { $0.subject == .optimization && $0.agentID == .ada }
            #expect(progress.map(\.kind) == [.state, .done] && progress.last?.message?.contains("taken back") == true)
            let entry = try #require(try await workshop.store.audit.list(limit: 1).first)
            #expect(entry.action == "prompt.rollback" && entry.actor == "canary")
        }
    }

    @Test("an equal one gets all tasks when its period is over, and then settles")
    func equal() async throws {
        let settings = Self.now.merging(["HONE_WATCH_PERIOD": "1ms"]) { $1 }
        try await Workshop.open(settings: settings) { workshop in
            let (prompt, production) = try await workshop.canary()
            try await workshop.work(alternating(prompt, production, 38)) { _ in true }
            try await workshop.watch.pass()
            // Nineteen tasks of its own are too few.
            #expect(try await workshop.state(of: prompt) == .candidate)
            try await workshop.work(alternating(prompt, production, 2)) { _ in true }
            try await workshop.watch.pass()
            #expect(try await workshop.state(of: prompt) == .production)
            #expect(try await workshop.state(of: production) == .archived)
            let move = try #require(try await workshop.store.prompts.transitions(of: prompt).last)
            #expect(move.actor == "canary" && move.reason.contains("no harm found: 20 tasks against 20"))
            #expect(try await workshop.store.deployments.latest(of: prompt)?.status == .watching)
            try await workshop.watch.pass(at: .now.addingTimeInterval(1))
            #expect(try await workshop.store.deployments.latest(of: prompt)?.status == .settled)
        }
    }

    @Test("one that costs what its gate let it cost is kept, and one that costs more than any gate said is taken back")
    func dear() async throws {
        for isAllowed in [true, false] {
            try await Workshop.open(settings: Self.now) { workshop in
                let (prompt, production) = try await workshop.canary()
                if isAllowed { try await workshop.gate(prompt, costTolerance: 5) }
                try await workshop.work(
                    alternating(prompt, production, 120), cost: { MicroUSD($0 == prompt ? 2_000 : 500) }
                ) { _ in true }
                try await workshop.watch.pass()
                #expect(try await workshop.state(of: prompt) == (isAllowed ? .production : .archived))
            }
        }
    }

    @Test("one that waits for a person's word goes on with its share")
    func patient() async throws {
        let settings = Self.now.merging(["HONE_CANARY_PROMOTE": "off"]) { $1 }
        try await Workshop.open(settings: settings) { workshop in
            let (prompt, production) = try await workshop.canary()
            try await workshop.work(alternating(prompt, production, 60)) { _ in true }
            try await workshop.watch.pass()
            #expect(try await workshop.state(of: prompt) == .candidate)
            let deployment = try #require(try await workshop.store.deployments.latest(of: prompt))
            #expect(deployment.status == .canary && deployment.figures?["new"]?["tasks"] == 30)
        }
    }

    @Test("of several watchers one decides, and one that is killed before it is done has done nothing")
    func killed() async throws {
        struct Killed: Error {}
        try await Workshop.open(settings: Self.now) { workshop in
            let (prompt, production) = try await workshop.canary()
            try await workshop.work(alternating(prompt, production, 60)) { $0 == production }
            let rows = try await workshop.store.audit.list(limit: 100).count
            await #expect(throws: Killed.self) {
                try await workshop.store.transaction { store in
                    try await WatchDeployments(
                        store: store, publisher: workshop.bus.transport, settings: workshop.settings.canary,
                        logger: workshop.watch.logger
                    ).pass()
                    throw Killed()
                }
            }
            #expect(try await workshop.state(of: prompt) == .candidate)
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 { group.addTask { try await workshop.watch.pass() } }
                try await group.waitForAll()
            }
            #expect(try await workshop.state(of: prompt) == .archived)
            #expect(try await workshop.store.audit.list(limit: 100).count == rows + 1)
            #expect(try await workshop.store.prompts.transitions(of: prompt).count == 3)
        }
    }

    @Test("one of an agent that retires ends")
    func retired() async throws {
        try await Workshop.open(settings: Self.now) { workshop in
            let (prompt, _) = try await workshop.canary()
            _ = try await workshop.store.agents.move(.ada, to: .retired)
            try await workshop.watch.pass()
            let deployment = try #require(try await workshop.store.deployments.latest(of: prompt))
            #expect(deployment.status == .rolledBack && deployment.endReason == "the agent is retired")
        }
    }

    @Test("a prompt in production that does worse than the one before raises an alert, which ends with a rollback")
    func regression() async throws {
        try await Workshop.open(settings: Self.now) { workshop in
            let production = try #require(try await workshop.store.prompts.production(of: .ada)).prompt.id
            try await workshop.work(Array(repeating: production, count: 40)) { _ in true }
            let prompt = try await workshop.draft()
            let promotion = Promotion(store: workshop.store)
            _ = try await promotion.approve(prompt, PromotionWish(), by: "ann")
            try await workshop.watch.pass()
            #expect(try await workshop.store.alerts.standing([.promptRegression]).isEmpty)
            try await workshop.work(Array(repeating: prompt, count: 30)) { _ in false }
            for _ in 0..<2 { try await workshop.watch.pass() }
            let alerts = try await workshop.store.alerts.list(limit: 10)
            #expect(alerts.map(\.kind) == [.promptRegression] && alerts[0].subject == "ada")
            #expect(alerts[0].message.contains("hone rollback ada") && alerts[0].clearedAt == nil)
            #expect(try await workshop.state(of: prompt) == .production)
            _ = try await promotion.rollBack(.ada, by: "ann", because: "the alert")
            #expect(try await workshop.store.alerts.standing([.promptRegression]).isEmpty)
            #expect(try await workshop.store.deployments.latest(of: prompt)?.status == .rolledBack)
            #expect(try await workshop.state(of: production) == .production)
        }
    }
}
