import Foundation
import HoneCore
import HoneModels
import HoneStore
import HoneTestKit
import Postgres
import Testing

@testable import Optimizer

@Suite("The optimizer's memory", .timeLimit(.minutes(3)))
struct InsightDeskTests {
    private let now = Date(timeIntervalSince1970: 1_795_000_000)
    private let embedder = ModelID.named("embedder")

    private func desk(_ workshop: Workshop, embedding: ModelID? = nil) -> InsightDesk {
        let models = [ApprovedModel(id: embedder, provider: .echo, model: "echo")]
        return InsightDesk(
            store: workshop.store, models: ModelCatalog(models, environment: [:]), embeddingModel: embedding,
            retentionDays: 90, logger: quiet)
    }

    /// Something that was learned about an agent's prompt.
    private func improvement(
        _ description: String, of agent: AgentID = .ada, in category: HoneCore.Category = .analysis,
        at workshop: Workshop
    ) async throws -> Improvement {
        let id = OptimizationID(TaskID.new().uuid)
        try await workshop.store.optimizations.queue(
            NewOptimization(
                id: id, agentID: agent, benchmarkID: "suite", algorithm: "gepa", auto: "light", params: [:],
                budget: [:], seed: 1, requestedBy: "test"))
        return Improvement(
            optimizationID: id, agentID: agent, category: category, description: description, delta: 0.25,
            deltaLow: 0.125, deltaHigh: 0.375, confidence: 0.97, validation: ["pairs": 75])
    }

    @Test("an improvement is remembered once, with its delta, interval, confidence and proof, for as long as is set")
    func remembering() async throws {
        try await Workshop.open { workshop in
            try await workshop.addSuite("suite")
            let learned = try await improvement("Eight examples instead of two.", at: workshop)
            let kept = try #require(try await desk(workshop).remember(learned, at: now))
            #expect(try await desk(workshop).remember(learned, at: now + 5) == nil)
            let found = try await desk(workshop).recall(about: "labels", for: .ada, in: .analysis, at: now)
            #expect(found == Recollection(way: .target, insights: [kept]))
            #expect(
                found.sentences == ["Eight examples instead of two. (+25 points, 95 % interval +12 to +38)"])
            #expect(kept.delta == 0.25 && kept.deltaLow == 0.125 && kept.deltaHigh == 0.375 && kept.confidence == 0.97)
            #expect(kept.validated && kept.validation == ["pairs": 75] && kept.type == "prompt" && kept.target == "ada")
            #expect(kept.expiresAt == now + 90 * 86_400 && kept.embeddingModel == nil)
        }
    }

    @Test("without vectors the agent's own come first, then its category's, then others', each the newest first")
    func byTarget() async throws {
        try await Workshop.open { workshop in
            try await workshop.addSuite("suite")
            let desk = desk(workshop)
            let told: [(String, AgentID, HoneCore.Category)] = [
                ("other", .bob, .named("other")), ("category", .bob, .analysis), ("own, old", .ada, .named("other")),
                ("own, new", .ada, .analysis), ("other, new", .bob, .named("other")), ("other, last", .bob, .general),
            ]
            for (second, (text, agent, category)) in told.enumerated() {
                let learned = try await improvement(text, of: agent, in: category, at: workshop)
                try await desk.remember(learned, at: now + Double(second))
            }
            let found = try await desk.recall(about: "x", for: .ada, in: .analysis, at: now + 60)
            #expect(found.way == .target)
            #expect(
                found.insights.map(\.description) == ["own, new", "own, old", "category", "other, last", "other, new"])
        }
    }

    @Test("with vectors the five most similar are found, whoever they are about")
    func bySimilarity() async throws {
        try await Workshop.open { workshop in
            try await workshop.addSuite("suite")
            let desk = desk(workshop, embedding: embedder)
            let texts = [
                "Short labels for sentiment of reviews", "Sentiment of reviews needs eight examples",
                "Sum the invoice before tax", "Reviews: sentiment, one word", "Translate idioms freely",
                "Cite a source for claims", "Count the lines of code",
            ]
            for text in texts { try await desk.remember(improvement(text, of: .bob, at: workshop), at: now) }
            let found = try await desk.recall(about: "sentiment of reviews", for: .ada, in: .general, at: now)
            #expect(found.way == .similarity && found.insights.count == InsightDesk.recalled)
            #expect(Set(found.insights.prefix(3).map(\.description)) == [texts[0], texts[1], texts[3]])
            #expect(found.insights.allSatisfy { $0.embeddingModel == embedder })
            // Vectors of another model say nothing.
            let other = try await workshop.store.insights.nearest(to: [1, 0], of: .alpha, at: now, limit: 5)
            #expect(other.isEmpty)
        }
    }

    @Test("a model that cannot be had is no reason to stop: then nothing is compared, and it shows")
    func withoutModel() async throws {
        try await Workshop.open { workshop in
            try await workshop.addSuite("suite")
            let desk = desk(workshop, embedding: .named("nobody"))
            let kept = try await desk.remember(improvement("Shorter.", at: workshop), at: now)
            #expect(kept?.embeddingModel == nil)
            let found = try await desk.recall(about: "x", for: .ada, in: nil, at: now)
            #expect(found.way == .target && found.insights.map(\.description) == ["Shorter."])
        }
    }

    @Test("what has expired is found no more, and then it is gone")
    func expiry() async throws {
        try await Workshop.open { workshop in
            try await workshop.addSuite("suite")
            let desk = desk(workshop, embedding: embedder)
            try await desk.remember(improvement("Old.", at: workshop), at: now)
            try await desk.remember(improvement("New.", at: workshop), at: now + 86_400)
            let later = now + 90 * 86_400 + 1
            for agent in [AgentID.ada, .bob] {
                let found = try await desk.recall(about: "Old. New.", for: agent, in: nil, at: later)
                #expect(found.insights.map(\.description) == ["New."])
            }
            let latest = try await workshop.store.insights.latest(for: "ada", in: nil, at: later, limit: 5)
            #expect(latest.map(\.description) == ["New."])
            #expect(try await workshop.store.insights.expire(at: later) == 1)
            #expect(try await workshop.store.insights.expire(at: later) == 0)
        }
    }
}
