import Foundation
import HoneCore
import HoneIntelligence
import HoneStore
import Postgres
import Testing

@Suite("Decisions and their outcomes", .timeLimit(.minutes(2)))
struct OutcomeTests {
    private let ever = (from: Date(timeIntervalSince1970: 0), to: Date.distantFuture)

    private func coverage(_ store: Store) async throws -> JoinCoverage {
        try await store.routing.joinCoverage(from: ever.from, to: ever.to, limit: 100)
    }

    @Test("a decision is joined once its task is over and its work is scored")
    func scored() async throws {
        try await TestStore.run { store, _ in
            _ = try await store.routedTask()
            #expect(try await coverage(store) == JoinCoverage(decisions: 1, finished: 0, joined: 0))
            #expect(try await coverage(store).share == nil)
            let done = try await store.completedTask()
            #expect(try await coverage(store) == JoinCoverage(decisions: 2, finished: 1, joined: 0))
            _ = try await store.scores.insert([.sample(done)])
            #expect(try await coverage(store) == JoinCoverage(decisions: 2, finished: 1, joined: 1))
        }
    }

    @Test("failed attempts are outcomes, and so is a task's own end before its agent began")
    func failed() async throws {
        try await TestStore.run { store, _ in
            let id = try await store.routedTask()
            _ = try await store.executions.record([.sample(id, result: .failed(.broken, final: false))])
            _ = try await store.tasks.route([.sample(id, attempt: 2, to: bob)])
            let late = TaskFault(.deadlineExceeded, "too late")
            _ = try await store.tasks.finish([Ending(taskID: id, fault: late)])
            #expect(try await coverage(store) == JoinCoverage(decisions: 2, finished: 2, joined: 2))
        }
    }

    @Test("outcomes tell the score, that it failed, or nothing; pins and later attempts are left out")
    func outcomes() async throws {
        try await TestStore.run { store, _ in
            let scored = try await store.completedTask()
            _ = try await store.scores.insert([.sample(scored, overall: 0.5)])
            let failed = try await store.routedTask()
            _ = try await store.executions.record([.sample(failed, result: .failed(.broken, final: false))])
            _ = try await store.tasks.route([.sample(failed, attempt: 2, to: bob)])
            let pinned = Submission.sample()
            _ = try await store.tasks.accept([pinned])
            var route = Route.sample(pinned.taskID)
            route.decision.policy = "pinned"
            _ = try await store.tasks.route([route])
            let found = try await store.routing.outcomes(from: ever.from, to: ever.to, limit: 10)
            #expect(found.map(\.overall) == [0.5, nil] && found.map(\.isCompleted) == [true, false])
            #expect(found.map(\.errorCode) == [nil, .modelError] && found.allSatisfy { $0.category == analysis })
            #expect(found.first?.propensities == [0.9, 0.1] && found.first?.candidates == [ada, bob])
            #expect(try await store.routing.outcomes(from: ever.from, to: ever.to, limit: 1).count == 1)
        }
    }

    @Test("what the router said of a task is kept, and it does not learn from itself")
    func labelled() async throws {
        try await TestStore.run { store, _ in
            let own = Submission(taskID: .new(), submissionID: UUID(), input: "guess me")
            var route = Route.sample(own.taskID)
            (route.category, route.categoryConfidence) = (analysis, 0.9)
            (route.complexity, route.complexityEstimated) = (2, true)
            _ = try await store.tasks.accept([own], routed: [own.submissionID: route])
            let kept = try await store.tasks.load(own.taskID)
            #expect(kept?.categoryConfidence == 0.9 && kept?.complexityEstimated == true)
            let given = try await store.routedTask()
            #expect(try await store.tasks.load(given)?.categoryConfidence == nil)
            let labelled = try await store.routing.labelledTasks()
            #expect(labelled.map(\.category) == [analysis] && labelled.map(\.complexity) == [2])
        }
    }

    @Test("scores before a change are told apart from those after it")
    func superseded() async throws {
        try await TestStore.run { store, _ in
            let now = Date()
            for (age, overall) in [(100.0, 0.5), (50, 0.7), (10, 0.9)] {
                let id = try await store.completedTask()
                _ = try await store.scores.insert([
                    .sample(id, overall: overall, at: now.addingTimeInterval(-age))
                ])
            }
            let change = now.addingTimeInterval(-30)
            let found = try await store.routing.superseded([(ada, change, change.addingTimeInterval(-86_400))])
            #expect(found[ada]?[analysis]?.count == 2)
            #expect(abs((found[ada]?[analysis]?.mean ?? 0) - 0.6) < 1e-9)
            #expect(try await store.routing.superseded([]).isEmpty)
        }
    }
}
