import Foundation
import HoneCore
import HoneIntelligence
import HoneStore
import Postgres
import Testing

@Suite("Opinions side by side", .timeLimit(.minutes(2)))
struct OpinionTests {
    private let judge = ModelID.named("j1")
    private let always = Date.distantPast...Date.distantFuture

    /// A task that the judge scored, and a person if there is a rating.
    private func judged(
        _ store: Store, by agent: AgentID = ada, _ quality: Double?, rating: Int? = nil, again: Double? = nil
    ) async throws -> TaskID {
        let id = try await store.completedTask(by: agent)
        var score = ScoreRecord.sample(id, by: agent, overall: quality)
        score.evaluatorKind = .judge
        score.evaluatorModel = judge
        score.scores = Scores(accuracy: quality, relevance: quality, completeness: quality, overall: quality)
        _ = try await store.scores.insert([score])
        try await verdict(store, id, .score, quality)
        if let again { try await verdict(store, id, .repeat, again) }
        if let rating {
            _ = try await store.feedback.insert([FeedbackRecord(id: UUID(), taskID: id, rating: rating)])
        }
        return id
    }

    private func verdict(_ store: Store, _ id: TaskID, _ purpose: JudgementRecord.Purpose, _ quality: Double?)
        async throws
    {
        _ = try await store.judgements.insert([
            JudgementRecord(
                id: UUID(), taskID: id, model: judge, purpose: purpose, accuracy: quality, relevance: quality,
                completeness: quality, reason: "", cost: nil, durationSeconds: 1)
        ])
    }

    private func review(
        _ store: Store, _ id: TaskID, by reviewer: AgentID = kai, _ score: Double?, weight: Double = 1
    ) async throws {
        _ = try await store.reviews.insert([
            ReviewRecord(
                taskID: id, evaluatedAgentID: ada, evaluatorAgentID: reviewer, score: score, criteria: [:],
                feedback: "", samplingWeight: weight, model: .named("m1"), cost: nil, durationSeconds: 1)
        ])
    }

    @Test("judges are held against people, known answers and themselves")
    func judges() async throws {
        try await TestStore.run { store, _ in
            _ = try await judged(store, 0.9, rating: 5, again: 0.7)
            _ = try await judged(store, 0.2, rating: 1, again: 0.2)
            _ = try await judged(store, 0.8, rating: 2)
            _ = try await judged(store, nil)
            for (accuracy, overall) in [(0.9, 1.0), (0.3, 0.1), (0.8, 0.1)] {
                let id = try await store.completedTask()
                _ = try await store.scores.insert([.sample(id, overall: overall)])
                try await verdict(store, id, .calibration, accuracy)
            }
            let report = try await store.judgeReport(always)
            #expect(report.scores == 7 && report.unknown == 1)
            let found = try #require(report.judges.first)
            #expect(report.judges.count == 1 && found.model == judge && found.scores == 4 && found.unknown == 1)
            #expect(found.noise.works == 2 && abs((found.noise.deviation ?? 0) - 0.1) < 1e-9)
            #expect(found.againstHumans.count == 3 && abs((found.againstHumans.kappa.agreement ?? 0) - 2.0 / 3) < 1e-9)
            #expect(found.againstChecks.count == 3 && abs((found.againstChecks.kappa.agreement ?? 0) - 2.0 / 3) < 1e-9)
        }
    }

    @Test("reviewers too, and their means make up for what was not sampled")
    func reviewers() async throws {
        try await TestStore.run { store, _ in
            try await review(store, try await judged(store, 0.9, rating: 5), 0.8, weight: 4)
            try await review(store, try await judged(store, 0.2, rating: 1), 0.3)
            try await review(store, try await judged(store, 0.2), nil)
            let report = try await store.judgeReport(always)
            let found = try #require(report.reviewers.first)
            #expect(report.reviewers.count == 1 && found.record.reviewer == kai)
            #expect(found.record.reviews == 3 && found.record.unknown == 1)
            #expect(abs((found.record.mean ?? 0) - (0.8 * 4 + 0.3) / 5) < 1e-9)
            #expect(found.againstHumans.count == 2 && found.againstHumans.kappa.value == 1)
            #expect(found.reliability.count == 2 && abs(found.reliability.deviation.value - 0.5) < 1e-6)
        }
    }

    @Test("an agent's judged mean is corrected by people once enough have rated; other evidence stays out")
    func corrections() async throws {
        try await TestStore.run { store, _ in
            for number in 0..<24 {
                _ = try await judged(store, 0.8 + 0.002 * Double(number), rating: number < 20 ? 3 + number % 2 : nil)
            }
            _ = try await judged(store, by: bob, 0.5, rating: 1)
            let checked = try await store.completedTask()
            _ = try await store.scores.insert([.sample(checked, overall: 0.1)])
            _ = try await store.feedback.insert([FeedbackRecord(id: UUID(), taskID: checked, rating: 1)])
            let all = try await store.opinions.corrections(always)
            #expect(all.map(\.agentID) == [ada, ada, bob, bob] && all.filter { $0.category == nil }.count == 2)
            let mean = try #require(all.first).mean
            #expect(mean.judged == 24 && mean.rated == 20 && abs(mean.judgeMean - 0.823) < 1e-9)
            let corrected = try #require(mean.corrected)
            #expect(abs(corrected.value - (0.823 + 0.625 - 0.819)) < 1e-9)
            #expect(all.last?.mean.corrected == nil && all.last?.mean.rated == 1)
        }
    }

    @Test("opinions of one task stand together, each once, whoever has them")
    func comparing() async throws {
        try await TestStore.run { store, _ in
            let id = try await judged(store, 0.9, rating: 3)
            try await review(store, id, 0.5)
            try await review(store, id, by: .named("maya"), 0.25)
            let checked = try await store.completedTask()
            _ = try await store.scores.insert([.sample(checked, overall: 1)])
            let opinions = try await store.opinions.all(always)
            let raters = opinions.filter { $0.task == id }.map(\.rater)
            #expect(raters.count == 4 && Set(raters) == [.judge, .human, .reviewer(kai), .reviewer(.named("maya"))])
            #expect(opinions.filter { $0.task == checked }.map(\.rater) == [.check])
            #expect(opinions.first { $0.rater == .judge }?.raterModel == judge)
            #expect(opinions.allSatisfy { $0.authorModel == .named("m1") && $0.author == ada })
            #expect(opinions.first { $0.rater == .human }?.score == 0.5)
        }
    }

    @Test("what lies outside the period, and trials of experiments, do not count")
    func period() async throws {
        try await TestStore.run { store, pool in
            let id = try await judged(store, 0.9, rating: 5, again: 0.5)
            try await review(store, id, 0.5)
            let past = try await store.judgeReport(.distantPast ... .now.addingTimeInterval(-3_600))
            #expect(past.scores == 0 && past.judges.isEmpty && past.reviewers.isEmpty && past.corrections.isEmpty)
            try await pool.run("update agent_performance_scores set experiment_id = gen_random_uuid()")
            #expect(try await store.judgeReport(always).scores == 0)
            #expect(try await store.opinions.all(always).isEmpty)
            #expect(try await store.opinions.rated(always).isEmpty)
        }
    }
}
