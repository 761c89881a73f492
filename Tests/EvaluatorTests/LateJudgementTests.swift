import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import Logging
import ScriptedModel
import TestServers
import Testing

@testable import Evaluator

@Suite("A judge that no budget can pay", .timeLimit(.minutes(3)))
struct LateJudgementTests {
    @Test("leaves the score unknown with the reason, and is asked again when the budgets begin anew")
    func late() async throws {
        try await Workshop.open { workshop in
            let store = workshop.store
            try await store.budgets.setDailyCap(of: nil, to: .zero)
            let key = workshop.replyKey("late")
            let completed = try await workshop.complete(
                TaskSubmitted(input: "great phone", category: .analysis, replyTo: key))
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let late = LateJudgements(store: store, publisher: workshop.bus.transport, logger: logger)
            try await workshop.running([Evaluator.self]) {
                try await workshop.send(completed)
                let first = try #require(try await workshop.posted(EvaluationCompleted.self, reaching: 1).first).body
                #expect(first.scores.accuracy == nil && first.scores.overall == nil && first.passed == nil)
                #expect(first.feedback?.hasPrefix("cost_cap_exceeded: ") == true)
                #expect(try await workshop.reply(at: key).status == .completed)
                #expect(workshop.models.judge.requests.isEmpty)
                #expect(try await late.pass(at: Date()) == 0)

                try await store.budgets.setDailyCap(of: nil, to: nil)
                var day = Date()
                try await eventually("the judge has been asked again") {
                    day += 86_400
                    _ = try await late.pass(at: day)
                    try await workshop.quiet(.judgementsRequested, "evaluator")
                    return try await workshop.detail(completed.taskID).score?.scores.accuracy != nil
                }
                let last = try #require(try await workshop.posted(EvaluationCompleted.self).last).body
                #expect(last.scores.accuracy == 0.75 && last.evaluator.model == .judge)
                #expect(try await late.pass(at: day + 86_400 * 2) == 0)
                #expect(try await workshop.replies(at: key).allSatisfy { $0.body.scores?.accuracy == nil })
            }
            let detail = try await workshop.detail(completed.taskID)
            #expect(detail.score?.awaitsJudgement == false && detail.judgements.count == 1)
        }
    }
}
