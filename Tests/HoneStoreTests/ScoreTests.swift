import Foundation
import HoneCore
import HoneIntelligence
import HoneStore
import Testing

@Suite("Scores, judgements, reviews and feedback", .timeLimit(.minutes(2)))
struct ScoreTests {
    @Test("finished work comes with everything an evaluator needs, and nothing unfinished does")
    func work() async throws {
        try await TestStore.run { store, _ in
            let done = try await store.completedTask()
            let open = try await store.routedTask()
            let work = try await store.scores.work(of: [done, open, .new()])
            #expect(work.map(\.taskID) == [done])
            let first = try #require(work.first)
            #expect(first.output == "yes" && first.input == "Is it good?" && first.expected == .choice("yes"))
            #expect(first.agentID == ada && first.cost == MicroUSD(42) && first.inputTokens == 10)
            #expect(first.metadata == ["ticket": 12] && first.temperature == 0)
        }
    }

    @Test("scores are written once; a repetition gets what stands, digit for digit")
    func once() async throws {
        try await TestStore.run { store, _ in
            let id = try await store.completedTask()
            let first = try await store.scores.insert([.sample(id, overall: 0.1 + 0.2)])
            #expect(first.inserted == [id])
            let second = try await store.scores.insert([.sample(id, overall: 0.7)])
            #expect(second.inserted.isEmpty)
            #expect(second.stored == first.stored)
            #expect(second.stored[id]?.scores.overall == 0.1 + 0.2)
            #expect(second.stored[id]?.scores.efficiency == 1.0 / 3)
            #expect(second.stored[id]?.scores.relevance == nil)
        }
    }

    @Test("a score that waits for a judge gets its verdict once")
    func judged() async throws {
        try await TestStore.run { store, _ in
            let waiting = try await store.completedTask()
            let checked = try await store.completedTask()
            _ = try await store.scores.insert([.sample(waiting, overall: nil, awaits: true), .sample(checked)])
            let verdicts = [waiting, checked].map {
                ScoreJudgement(
                    taskID: $0, scores: Scores(accuracy: 0.5, relevance: 1, overall: 0.6), passed: true,
                    feedback: "accuracy: half", model: .named("judge"), costPerQualityPoint: 0.1)
            }
            #expect(try await store.scores.judge(verdicts) == [waiting])
            #expect(try await store.scores.judge(verdicts).isEmpty)
            let stored = try #require(try await store.scores.load([waiting]).first)
            #expect(stored.scores == Scores(accuracy: 0.5, relevance: 1, efficiency: 1.0 / 3, overall: 0.6))
            #expect(!stored.awaitsJudgement && stored.passed == true)
            #expect(try await store.scores.load([checked]).first?.scores.overall == 0.9)
        }
    }

    @Test("a task has one verdict for its score, and any number for other purposes")
    func judgements() async throws {
        try await TestStore.run { store, _ in
            let id = try await store.completedTask()
            func verdict(_ purpose: JudgementRecord.Purpose, accuracy: Double?) -> JudgementRecord {
                JudgementRecord(
                    id: UUID(), taskID: id, model: .named("judge"), purpose: purpose, accuracy: accuracy,
                    reason: "because", cost: nil, durationSeconds: 1)
            }
            let score = verdict(.score, accuracy: 0.5)
            let others = [verdict(.repeat, accuracy: 0.4), verdict(.repeat, accuracy: nil)]
            #expect(try await store.judgements.insert([score] + others) == Set([score.id] + others.map(\.id)))
            #expect(try await store.judgements.insert([score, verdict(.score, accuracy: 1)]).isEmpty)
            let stored = try await store.judgements.load([id])
            #expect(stored.count == 3 && stored.filter(\.isUnknown).count == 1)
        }
    }

    @Test("Kai and Maya are there from the start, with criteria and prompts")
    func reviewers() async throws {
        try await TestStore.run { store, _ in
            let reviewers = try await store.reviews.reviewers()
            #expect(reviewers.map(\.agent.nickname) == ["Kai", "Maya"])
            #expect(reviewers.allSatisfy { $0.criteria.count == 3 && $0.prompt?.template.system != nil })
        }
    }

    @Test("a review is written once per reviewer, an unknown one as such; nobody reviews itself")
    func reviews() async throws {
        try await TestStore.run { store, _ in
            let id = try await store.completedTask()
            let known = review(id, by: kai, score: 0.75)
            let unknown = review(id, by: .named("maya"), score: nil)
            let new = try await store.reviews.insert([known, unknown])
            #expect(new.map(\.evaluatorAgentID).sorted() == [kai, .named("maya")])
            #expect(try await store.reviews.insert([known, unknown]).isEmpty)
            #expect(try await store.reviews.load([id]) == [known, unknown])
            await #expect(throws: (any Error).self) {
                try await store.reviews.insert([review(id, by: ada, score: 1)])
            }
        }
    }

    @Test("a reviewer's deviation is taken from the check, else the rating, else the judge")
    func reliability() async throws {
        try await TestStore.run { store, _ in
            let checked = try await store.completedTask()
            let rated = try await store.completedTask()
            _ = try await store.scores.insert([.sample(checked, overall: 1), .sample(rated, overall: nil)])
            _ = try await store.feedback.insert([FeedbackRecord(id: UUID(), taskID: rated, rating: 3)])
            _ = try await store.reviews.insert([review(checked, by: kai, score: 0.75)])
            let before = try #require(try await store.reviews.reliability()[kai])
            #expect(before.count == 1 && before.deviation.value == 0.25)
        }
    }

    @Test("feedback is stored once, the last rating stands, and unknown tasks are named")
    func feedback() async throws {
        try await TestStore.run { store, _ in
            let id = try await store.completedTask()
            let missing = TaskID.new()
            let early = FeedbackRecord(
                id: UUID(), taskID: id, rating: 2, originalScore: 4, comment: "meh\0", userID: "u",
                tags: ["a,\"b\"", "c"])
            let first = try await store.feedback.insert([early, FeedbackRecord(id: UUID(), taskID: missing, rating: 1)])
            #expect(first.inserted == [early.id] && first.unknownTasks == [missing])
            // The rating came before the scores and is taken along.
            _ = try await store.scores.insert([.sample(id)])
            #expect(try await store.scores.load([id]).first?.userRating == 2)

            let late = FeedbackRecord(id: UUID(), taskID: id, rating: 5)
            #expect(try await store.feedback.insert([late]).inserted == [late.id])
            #expect(try await store.feedback.insert([late, early]).inserted.isEmpty)
            #expect(try await store.scores.load([id]).first?.userRating == 5)
            let stored = try await store.feedback.load([id])
            #expect(stored.map(\.rating) == [2, 5])
            #expect(stored.first?.comment == "meh\u{FFFD}" && stored.first?.tags == ["a,\"b\"", "c"])
        }
    }

    private func review(_ task: TaskID, by reviewer: AgentID, score: Double?) -> ReviewRecord {
        ReviewRecord(
            taskID: task, evaluatedAgentID: ada, evaluatorAgentID: reviewer, score: score,
            criteria: score.map { ["accuracy": $0] } ?? [:], feedback: "the whole text", samplingWeight: 2,
            model: .named("judge"), cost: MicroUSD(5), durationSeconds: 0.5)
    }
}
