import Foundation
import HoneCore
import HoneStore
import Postgres
import Testing

@Suite("Routing tasks", .timeLimit(.minutes(2)))
struct RouteTests {
    @Test("a route moves its task once and stores the decision whole")
    func once() async throws {
        try await TestStore.run { store, _ in
            let submission = Submission.sample()
            _ = try await store.tasks.accept([submission])
            let route = Route.sample(submission.taskID)
            #expect(try await store.tasks.route([route]) == [submission.taskID])
            #expect(try await store.tasks.route([route]).isEmpty)

            let decisions = try await store.routing.decisions(of: submission.taskID)
            #expect(decisions.map(\.decision) == [route.decision])
            #expect(decisions.first?.agentID == ada && decisions.first?.attempt == 1)
            #expect(try await store.routing.decisions(before: .distantFuture, limit: 5).count == 1)
            #expect(try await store.routing.inFlight() == [ada: 1])
        }
    }

    @Test("a decision made on an attempt that is over moves nothing")
    func stale() async throws {
        try await TestStore.run { store, _ in
            let id = try await store.routedTask()
            #expect(try await store.tasks.route([.sample(id, attempt: 2, to: bob)]) == [id])
            #expect(try await store.tasks.route([.sample(id, attempt: 2, to: ada)]).isEmpty)
            #expect(try await store.tasks.route([.sample(id, attempt: 4, to: ada)]).isEmpty)
            #expect(try await store.tasks.load(id)?.agentID == bob)
            #expect(try await store.tasks.triedAgents([id]) == [id: [ada, bob]])
            #expect(try await store.routing.decisions(of: id).count == 2)
        }
    }

    @Test("of routers that decide at once, one moves the task")
    func race() async throws {
        try await TestStore.run { store, _ in
            let submissions = (0..<40).map { _ in Submission.sample() }
            _ = try await store.tasks.accept(submissions)
            let moved = try await withThrowingTaskGroup(of: Set<TaskID>.self) { group in
                for worker in 0..<6 {
                    let routes = submissions.shuffled().map {
                        Route.sample($0.taskID, to: worker.isMultiple(of: 2) ? ada : bob)
                    }
                    group.addTask { try await store.transaction { try await $0.tasks.route(routes) } }
                }
                return try await group.reduce(into: []) { $0 += Array($1) }
            }
            #expect(moved.count == 40 && Set(moved).count == 40)
        }
    }

    @Test("the router settles what the publisher left open")
    func settles() async throws {
        try await TestStore.run { store, _ in
            let submission = Submission(taskID: .new(), submissionID: UUID(), input: "x")
            _ = try await store.tasks.accept([submission])
            var route = Route.sample(submission.taskID)
            route.category = analysis
            route.complexity = 4
            _ = try await store.tasks.route([route])
            let task = try await store.tasks.load(submission.taskID)
            #expect(task?.category == analysis && task?.complexity == 4)
        }
    }

    @Test("a task ends once, in the state that its fault names")
    func ends() async throws {
        try await TestStore.run { store, _ in
            let late = try await store.routedTask()
            let failed = try await store.routedTask()
            let late2 = Ending(taskID: late, fault: TaskFault(.deadlineExceeded, "too late"))
            #expect(try await store.tasks.finish([late2]) == [late])
            #expect(try await store.tasks.finish([late2]).isEmpty)
            #expect(try await store.tasks.load(late)?.status == .expired)
            #expect(try await store.tasks.load(late)?.fault == late2.fault)

            let stale = Ending(taskID: failed, attempt: 2, fault: TaskFault(.noCapableAgent, "none"))
            #expect(try await store.tasks.finish([stale]).isEmpty)
            var fresh = stale
            fresh.attempt = 1
            #expect(try await store.tasks.finish([fresh]) == [failed])
            #expect(try await store.tasks.route([.sample(failed, attempt: 2)]).isEmpty)
            #expect(try await store.routing.inFlight().isEmpty)
        }
    }

    @Test("only one transaction at a time holds a named lock")
    func lock() async throws {
        try await TestStore.run { store, _ in
            try await store.transaction { holder in
                #expect(try await holder.locks.tryAcquire("reconciler"))
                let other = try await store.transaction { try await $0.locks.tryAcquire("reconciler") }
                #expect(!other)
            }
            let after = try await store.transaction { try await $0.locks.tryAcquire("reconciler") }
            #expect(after)
        }
    }
}
