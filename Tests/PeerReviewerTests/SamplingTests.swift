import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneStore
import HoneTestKit
import Testing

@testable import PeerReviewer

@Suite("Which work is reviewed", .timeLimit(.minutes(3)))
struct SamplingTests {
    /// The weights of the reviews of one task per id.
    private func weights(
        rate: String, ids: [TaskID], accuracy: Double = 1, isNew: Bool = false
    ) async throws -> [TaskID: [Double]] {
        let found = Gathered()
        try await Workshop.open(settings: ["HONE_REVIEW_RATE": rate]) { workshop in
            if !isNew { try await workshop.age(.ada) }
            try await workshop.running([PeerReviewer.self]) {
                for id in ids {
                    let task = TaskSubmitted(input: "x", taskID: id, category: .analysis)
                    let done = try await workshop.complete(task)
                    try await workshop.send(workshop.evaluate(done, accuracy: accuracy))
                }
                try await workshop.quiet(.evaluationsCompleted, "peer-reviewer")
            }
            for review in try await workshop.store.reviews.load(ids) { found.add(review) }
            #expect(try await workshop.posted(ReviewCompleted.self).count == found.count)
        }
        return found.weights
    }

    @Test("with rate 0 ordinary work of a settled agent is not reviewed")
    func none() async throws {
        #expect(try await weights(rate: "0", ids: [.new()]).isEmpty)
    }

    @Test("a failed check is always reviewed")
    func failedCheck() async throws {
        let id = TaskID.new()
        #expect(try await weights(rate: "0", ids: [id], accuracy: 0) == [id: [1, 1]])
    }

    @Test("the work of a new agent is always reviewed")
    func probation() async throws {
        let id = TaskID.new()
        #expect(try await weights(rate: "0", ids: [id], isNew: true) == [id: [1, 1]])
    }

    @Test("a share is reviewed, chosen by the task's id and weighed accordingly")
    func share() async throws {
        let ids = (0..<12).map { _ in TaskID.new() }
        let sampling = ReviewSampling(rate: 0.5)
        let chosen = ids.filter { sampling.decide($0).isReviewed }
        let weights = try await weights(rate: "0.5", ids: ids)
        #expect(weights == Dictionary(uniqueKeysWithValues: chosen.map { ($0, [2, 2]) }))
    }
}
