import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import Logging
import TestServers
import Testing

@testable import PeerReviewer

@Suite("Reviews that no budget can pay", .timeLimit(.minutes(3)))
struct LateReviewTests {
    @Test("are not expected until the budgets begin anew, and are done then")
    func late() async throws {
        try await Workshop.open { workshop in
            let store = workshop.store
            try await store.budgets.setDailyCap(of: .kai, to: .zero)
            let evaluation = try await workshop.evaluate(
                workshop.complete(TaskSubmitted(input: "great phone", category: .analysis)), accuracy: 1)
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let late = LateReviews(store: store, publisher: workshop.bus.transport, logger: logger)
            try await workshop.running([PeerReviewer.self]) {
                try await workshop.send(evaluation)
                let first = try await workshop.posted(ReviewCompleted.self, reaching: 1).map(\.body.evaluatorAgentID)
                #expect(first == [.maya])
                #expect(try await store.reviews.plans(of: [evaluation.taskID])[evaluation.taskID]?.reviewers == [.maya])
                #expect(try await late.pass(at: Date()) == 0)

                try await store.budgets.setDailyCap(of: .kai, to: nil)
                var day = Date()
                try await eventually("Kai has been asked again") {
                    day += 86_400
                    _ = try await late.pass(at: day)
                    try await workshop.quiet(.evaluationsCompleted, "peer-reviewer")
                    return try await workshop.detail(evaluation.taskID).reviews.count == 2
                }
                #expect(try await late.pass(at: day + 86_400) == 0)
            }
            let reviewers = try await store.reviews.plans(of: [evaluation.taskID])[evaluation.taskID]?.reviewers
            #expect(reviewers == [.maya, .kai])
        }
    }
}
