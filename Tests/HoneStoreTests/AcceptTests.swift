import Foundation
import HoneCore
import HoneStore
import Postgres
import Testing

@Suite("Accepting tasks", .timeLimit(.minutes(2)))
struct AcceptTests {
    @Test("what was submitted comes back whole")
    func roundTrip() async throws {
        try await TestStore.run { (store, _) async throws in
            let deadline = Date(timeIntervalSince1970: 2_000_000_000.125)
            var submission = Submission.sample(
                input: ["text": "nul \0 and \\u0000", "n": 1.5], replyTo: "hone:replies.x")
            submission.deadline = deadline
            submission.parentTaskID = .new()
            submission.sessionID = "s\0x"
            #expect(try await store.tasks.accept([submission]).map(\.name) == ["new"])

            let task = try #require(try await store.tasks.load(submission.taskID))
            #expect(task.status == .submitted && task.attempt == 0 && task.awaitsRouting)
            #expect(task.input == ["text": "nul \u{FFFD} and \\u0000", "n": 1.5])
            #expect(task.expected == .choice("yes") && task.pin == TaskPin(seed: 7))
            #expect(task.constraints == TaskConstraints(maxCost: 0.5))
            #expect(task.metadata == ["ticket": 12] && task.unknown == ["colour": "blue"])
            #expect(task.deadline == deadline && task.parentTaskID == submission.parentTaskID)
            #expect(task.replyTo == "hone:replies.x" && task.sessionID == "s\u{FFFD}x" && task.output == nil)
        }
    }

    @Test("a batch with JSON null and bare values for an input is stored as it is")
    func oddValues() async throws {
        try await TestStore.run { store, _ in
            var bare = Submission(taskID: .new(), submissionID: UUID(), input: "x")
            bare.metadata = .null
            _ = try await store.tasks.accept([bare, .sample()])
            let task = try #require(try await store.tasks.load(bare.taskID))
            #expect(task.input == "x" && task.expected == nil && task.unknown == nil && task.category == nil)
            #expect(task.constraints == TaskConstraints())
        }
    }

    @Test("a task that comes with its route is routed from the start, decision and all")
    func routedAtOnce() async throws {
        try await TestStore.run { store, _ in
            let (routed, other) = (Submission.sample(), Submission(taskID: .new(), submissionID: UUID(), input: "x"))
            var route = Route.sample(routed.taskID)
            route.category = .general
            route.complexity = 4
            let routes = [routed.submissionID: route]
            #expect(try await store.tasks.accept([routed, other], routed: routes).map(\.name) == ["new", "new"])

            let task = try #require(try await store.tasks.load(routed.taskID))
            #expect(task.status == .routed && task.attempt == 1 && task.agentID == ada && !task.awaitsRouting)
            #expect(task.routingDecisionID == route.decision.id && task.category == .general && task.complexity == 4)
            #expect(try await store.routing.decisions(of: routed.taskID).map(\.decision) == [route.decision])
            #expect(try await store.tasks.load(other.taskID)?.awaitsRouting == true)
            #expect(try await store.routing.decisions(of: other.taskID).isEmpty)
            #expect(try await store.routing.inFlight() == [ada: 1])
        }
    }

    @Test("a route for a known task changes nothing")
    func routedBefore() async throws {
        try await TestStore.run { store, _ in
            let id = try await store.routedTask()
            let same = Submission.sample(id)
            let routes = [same.submissionID: Route.sample(id, to: bob)]
            #expect(try await store.tasks.accept([same], routed: routes).map(\.name) == ["known"])
            #expect(try await store.tasks.load(id)?.agentID == ada)
            #expect(try await store.routing.decisions(of: id).map(\.agentID) == [ada])
        }
    }

    @Test("of two messages for one new task in a batch, one brings its route")
    func routedTwice() async throws {
        try await TestStore.run { store, _ in
            let id = TaskID.new()
            let both = [Submission.sample(id), Submission.sample(id)]
            let routes = [both[0].submissionID: Route.sample(id, to: ada), both[1].submissionID: .sample(id, to: bob)]
            let outcome = try await store.tasks.accept(both + [both[0]], routed: routes)
            #expect(outcome.map(\.name) == ["new", "known", "again"])
            #expect(try await store.tasks.load(id)?.agentID == ada)
            #expect(try await store.routing.decisions(of: id).map(\.agentID) == [ada])
        }
    }

    @Test("a redelivered batch is told that it was accepted before, with the task as it stands")
    func redelivery() async throws {
        try await TestStore.run { store, _ in
            let submission = Submission.sample()
            let batch = [submission, Submission.sample()]
            _ = try await store.tasks.accept(batch)
            _ = try await store.tasks.route([.sample(submission.taskID)])

            let again = try await store.tasks.accept(batch)
            #expect(again.map(\.name) == ["again", "again"])
            let record = try #require(again[0].record)
            #expect(record.status == .routed && record.attempt == 1 && record.agentID == ada)
            #expect(record.routingDecisionID == Route.sample(submission.taskID).decision.id)
            #expect(try await store.tasks.counts() == [.submitted: 1, .routed: 1])
        }
    }

    @Test("another message for a known task changes nothing, and says whether it differs")
    func known() async throws {
        try await TestStore.run { store, _ in
            let first = Submission.sample()
            _ = try await store.tasks.accept([first])
            let same = Submission.sample(first.taskID)
            let other = Submission.sample(first.taskID, input: "Something else")
            let outcome = try await store.tasks.accept([same, other])
            #expect(outcome.map(\.name) == ["known", "known, differs"])
            #expect(try await store.tasks.load(first.taskID)?.input == "Is it good?")
        }
    }

    @Test("the same message under another task id is still the same message")
    func sameMessage() async throws {
        try await TestStore.run { store, _ in
            let first = Submission.sample()
            _ = try await store.tasks.accept([first])
            let outcome = try await store.tasks.accept([.sample(.new(), message: first.submissionID)])
            #expect(outcome.first?.record?.id == first.taskID && outcome.first?.name == "again")
            #expect(try await store.tasks.counts() == [.submitted: 1])
        }
    }

    @Test("repeats inside one batch are told from the first")
    func insideBatch() async throws {
        try await TestStore.run { store, _ in
            let first = Submission.sample()
            let outcome = try await store.tasks.accept([
                first, first, .sample(first.taskID, input: "else"), .sample(),
            ])
            #expect(outcome.map(\.name) == ["new", "again", "known, differs", "new"])
        }
    }

    @Test("of many who accept the same batch at once, exactly one is told that each task is new")
    func concurrency() async throws {
        try await TestStore.run { store, _ in
            let batch = (0..<50).map { _ in Submission.sample() }
            let news = try await withThrowingTaskGroup(of: [Bool].self) { group in
                for worker in 0..<6 {
                    let order = worker.isMultiple(of: 2) ? batch : batch.reversed()
                    group.addTask {
                        let outcome = try await store.transaction { try await $0.tasks.accept(order) }
                        let isNew = outcome.map { $0.name == "new" }
                        return worker.isMultiple(of: 2) ? isNew : isNew.reversed()
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for index in batch.indices { #expect(news.filter { $0[index] }.count == 1) }
            #expect(try await store.tasks.counts() == [.submitted: 50])
        }
    }

    @Test("an empty batch is nothing")
    func empty() async throws {
        try await TestStore.run { store, _ in
            let accepted = try await store.tasks.accept([])
            #expect(accepted.isEmpty)
            #expect(try await store.tasks.route([]).isEmpty)
            #expect(try await store.executions.record([]).isEmpty)
        }
    }
}

extension Acceptance {
    var name: String {
        switch self {
        case .new: "new"
        case .again: "again"
        case .known(_, let differs): differs ? "known, differs" : "known"
        }
    }

    var record: TaskRecord? {
        switch self {
        case .new: nil
        case .again(let record), .known(let record, _): record
        }
    }
}
