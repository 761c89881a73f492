import BusTestKit
import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneStore
import TestServers
import Testing

@testable import StatsAggregator

@Suite("Feedback", .timeLimit(.minutes(2)))
struct FeedbackTests {
    @Test("feedback on an unknown task is rejected by name, and holds up no other")
    func unknownTask() async throws {
        try await Database.use { aggregator in
            let task = try await aggregator.store.scored()
            let missing = TaskID.new()
            let batch = [missing, task].map { Event.received(FeedbackReceived(taskID: $0, rating: 4)) }
            let outcomes = try await CountFeedback(ledger: aggregator.ledger).handle(batch, in: .test)
            guard case .reject(let fault) = outcomes[0], case .done = outcomes[1] else {
                Issue.record("\(outcomes)")
                return
            }
            #expect(fault.code == .invalidMessage)
            #expect(fault.message.contains("task_id") && fault.message.contains("\(missing)"))
            #expect(try await aggregator.store.feedback.load([task, missing]).map(\.taskID) == [task])
        }
    }

    @Test("a score of ten is kept and used as stars", arguments: [(1, 1), (2, 1), (5, 3), (10, 5)])
    func scores(_ score: Int, _ stars: Int) async throws {
        try await Database.use { aggregator in
            let task = try await aggregator.store.scored()
            try await aggregator.handle([.scored(task)])
            let message = Event.received(FeedbackReceived(taskID: task, score: score, comment: "so", tags: ["a", "b"]))
            try await aggregator.handle([.feedback(message), .feedback(message)])
            let kept = try await aggregator.store.feedback.load([task])
            #expect(kept.map(\.rating) == [stars] && kept.map(\.originalScore) == [score])
            #expect(kept.first?.comment == "so" && kept.first?.tags == ["a", "b"])
            #expect(try await aggregator.store.statistics.table().total().ratingSum == Int64(stars))
        }
    }

    @Test("a score that a person disputes is announced again where nobody was to review the task")
    func disputed() async throws {
        try await Database.use { aggregator in
            let (skipped, reviewed) = (try await aggregator.store.scored(), try await aggregator.store.scored())
            _ = try await aggregator.store.reviews.plan([
                ReviewPlan(taskID: skipped, reviewers: []), ReviewPlan(taskID: reviewed, reviewers: [.named("kai")]),
            ])
            func announced(_ task: TaskID, _ stars: Int) async throws -> [UUID] {
                let message = Event.received(FeedbackReceived(taskID: task, rating: stars))
                let outcomes = try await CountFeedback(ledger: aggregator.ledger).handle([message], in: .test)
                guard case .done(let publications) = outcomes[0] else { return [] }
                return publications.map(\.id)
            }
            #expect(try await announced(skipped, 3).isEmpty)
            #expect(try await announced(reviewed, 1).isEmpty)
            #expect(try await announced(skipped, 2) == [EvaluationCompleted.id(of: skipped)])
        }
    }

    @Test("feedback that outsiders write to the stream is counted, and what is wrong goes to the dead letters")
    func overTheBus() async throws {
        try await Database.use { aggregator in
            let task = try await aggregator.store.scored()
            try await aggregator.transport.prepare(Topic.all)
            var options = ConsumerOptions()
            options.fetchWait = .milliseconds(50)
            let consumer = Consumer(
                of: aggregator.transport, group: StatsAggregator.name, options: options, logger: Aggregator.logger)
            try consumer.handle(CountEvaluations(ledger: aggregator.ledger))
            try consumer.handle(CountFeedback(ledger: aggregator.ledger))
            let running = Task { try await consumer.run() }
            if case .evaluation(let scored) = Event.scored(task) {
                try await aggregator.transport.publish([Publication(scored.body, id: scored.id)])
            }
            try await aggregator.transport.publish(
                [task, .new()].map { try Publication(FeedbackReceived(taskID: $0, rating: 5), id: UUID()) })
            try await eventually("rating and dead letter are there") {
                let ratings = try await aggregator.store.statistics.table().total().ratings
                return try await aggregator.transport.deadLetters(.all, after: nil, limit: 9).count == 1 && ratings == 1
            }
            consumer.drain()
            try await running.value
            #expect(try await aggregator.agreesWithRecount())
        }
    }
}
