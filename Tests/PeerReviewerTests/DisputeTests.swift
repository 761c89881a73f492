import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneStore
import HoneTestKit
import ScriptedModel
import Testing

@testable import PeerReviewer

@Suite("Disputed work", .timeLimit(.minutes(3)))
struct DisputeTests {
    private func rate(_ task: TaskID, _ stars: Int, in workshop: Workshop) async throws {
        _ = try await workshop.store.feedback.insert([FeedbackRecord(id: UUID(), taskID: task, rating: stars)])
    }

    private func evaluated(_ workshop: Workshop) async throws -> EvaluationCompleted {
        try await workshop.age(.ada)
        return try await workshop.evaluate(
            workshop.complete(TaskSubmitted(input: "x", category: .analysis)), accuracy: 1)
    }

    @Test("what nobody was to review is reviewed after all when a person disputes it", arguments: [1, 2])
    func late(stars: Int) async throws {
        try await Workshop.open(settings: ["HONE_REVIEW_RATE": "0"]) { workshop in
            let evaluation = try await evaluated(workshop)
            try await workshop.running([PeerReviewer.self]) {
                try await workshop.send(evaluation)
                try await workshop.quiet(.evaluationsCompleted, "peer-reviewer")
                #expect(try await workshop.store.reviews.load([evaluation.taskID]).isEmpty)
                try await rate(evaluation.taskID, stars, in: workshop)
                #expect(
                    try await workshop.store.reviews.tasksToReconsider(among: [evaluation.taskID]) == [
                        evaluation.taskID
                    ])
                try await workshop.redeliver(.evaluationsCompleted)
                _ = try await workshop.posted(ReviewCompleted.self, reaching: 2)
            }
            let reviews = try await workshop.store.reviews.load([evaluation.taskID])
            #expect(reviews.map(\.evaluatorAgentID) == [.kai, .maya] && reviews.allSatisfy { $0.samplingWeight == 1 })
            #expect(try await workshop.store.reviews.tasksToReconsider(among: [evaluation.taskID]).isEmpty)
        }
    }

    @Test("what chance had chosen anyway counts once: it would have been reviewed for certain")
    func chosen() async throws {
        let sampling = ReviewSampling(rate: 0.5)
        var id = TaskID.new()
        while !sampling.decide(id).isReviewed { id = .new() }
        let task = id
        try await Workshop.open(settings: ["HONE_REVIEW_RATE": "0.5"]) { workshop in
            try await workshop.age(.ada)
            let evaluation = try await workshop.evaluate(
                workshop.complete(TaskSubmitted(input: "x", taskID: task, category: .analysis)), accuracy: 1)
            try await workshop.running([PeerReviewer.self]) {
                try await workshop.send(evaluation)
                _ = try await workshop.posted(ReviewCompleted.self, reaching: 2)
                #expect(try await workshop.store.reviews.load([task]).map(\.samplingWeight) == [2, 2])
                try await rate(task, 1, in: workshop)
                try await workshop.redeliver(.evaluationsCompleted)
                _ = try await workshop.posted(ReviewCompleted.self, reaching: 4)
            }
            #expect(try await workshop.store.reviews.load([task]).map(\.samplingWeight) == [1, 1])
            #expect(try await workshop.store.reviews.plans(of: [task])[task]?.samplingWeight == 1)
            #expect(workshop.models.judge.requests.count == 2)
        }
    }

    @Test("three stars are no dispute, and where disputes do not count nothing is reviewed")
    func none() async throws {
        for (stars, always) in [(3, "disputed"), (1, "none")] {
            let settings = ["HONE_REVIEW_RATE": "0", "HONE_REVIEW_ALWAYS": always]
            try await Workshop.open(settings: settings) { workshop in
                let evaluation = try await evaluated(workshop)
                try await rate(evaluation.taskID, stars, in: workshop)
                try await workshop.running([PeerReviewer.self]) {
                    try await workshop.send(evaluation)
                    try await workshop.quiet(.evaluationsCompleted, "peer-reviewer")
                }
                #expect(try await workshop.store.reviews.load([evaluation.taskID]).isEmpty)
            }
        }
    }

    @Test("a plan that names the author is not followed")
    func ownWork() async throws {
        try await Workshop.open { workshop in
            var kai = try #require(try await workshop.store.agents.load(.kai))
            kai.agent.roles = [.worker, .reviewer]
            _ = try await workshop.store.agents.apply(kai.agent, reviewCriteria: kai.reviewCriteria)
            let evaluation = try await workshop.evaluate(
                workshop.complete(TaskSubmitted(input: "x", category: .analysis), by: .kai), accuracy: 1)
            _ = try await workshop.store.reviews.plan([ReviewPlan(taskID: evaluation.taskID, reviewers: [.kai, .maya])])
            try await workshop.running([PeerReviewer.self]) {
                try await workshop.send(evaluation)
                _ = try await workshop.posted(ReviewCompleted.self, reaching: 1)
                try await workshop.quiet(.evaluationsCompleted, "peer-reviewer")
            }
            #expect(try await workshop.store.reviews.load([evaluation.taskID]).map(\.evaluatorAgentID) == [.maya])
            #expect(ReviewerChoice.reviewers(of: .kai, among: [.kai, .maya]) == [.maya])
        }
    }

    @Test("the table refuses a review of one's own work")
    func constraint() async throws {
        try await Workshop.open { workshop in
            let done = try await workshop.complete(TaskSubmitted(input: "x", category: .analysis))
            let own = ReviewRecord(
                taskID: done.taskID, evaluatedAgentID: .ada, evaluatorAgentID: .ada, score: 1, criteria: [:],
                feedback: "splendid", model: nil, cost: nil, durationSeconds: 0)
            await #expect(throws: (any Error).self) { try await workshop.store.reviews.insert([own]) }
        }
    }
}
