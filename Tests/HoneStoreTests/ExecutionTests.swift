import Foundation
import HoneCore
import HoneStore
import Testing

@Suite("Executing tasks", .timeLimit(.minutes(2)))
struct ExecutionTests {
    @Test("an attempt begins only for its agent, in its turn")
    func fenced() async throws {
        try await TestStore.run { store, _ in
            let id = try await store.routedTask()
            let unknown = TaskID.new()
            let outcome = try await store.executions.begin([
                AttemptKey(taskID: id, attempt: 2, agentID: ada), AttemptKey(taskID: id, attempt: 1, agentID: bob),
                AttemptKey(taskID: unknown, attempt: 1, agentID: ada),
            ])
            #expect(outcome.map(\.name) == ["superseded routed", "superseded routed", "superseded unknown"])
            let mine = [AttemptKey(taskID: id, attempt: 1, agentID: ada)]
            #expect(try await store.executions.begin(mine).map(\.name) == ["started"])
            #expect(try await store.executions.begin(mine).map(\.name) == ["started"])
            #expect(try await store.tasks.load(id)?.status == .running)
        }
    }

    @Test("a result is recorded once, with its nodes, and ends the task")
    func completes() async throws {
        try await TestStore.run { store, _ in
            let id = try await store.routedTask()
            let result = ExecutionRecord.sample(id, result: .completed(output: ["answer": "yes"]))
            #expect(try await store.executions.record([result, result]).map(\.name) == ["recorded", "again"])

            var second = result
            second.result = .completed(output: "no")
            let again = try await store.executions.record([second])
            let stored = try #require(again.first?.record)
            #expect(stored.output == ["answer": "yes"] && stored.nodes == result.nodes)
            #expect(stored.usage == result.usage && stored.cost == MicroUSD(42) && stored.model == result.model)
            #expect(stored.durationSeconds == 0.25 && stored.timeToFirstTokenSeconds == 0.1)

            let task = try #require(try await store.tasks.load(id))
            #expect(task.status == .completed && task.output == ["answer": "yes"] && task.finishedAt != nil)
            #expect(try await store.executions.begin([result.key]).map(\.name) == ["over"])
            #expect(try await store.executions.load(id).count == 1)
        }
    }

    @Test("a worker presumed dead cannot write over its successor")
    func successor() async throws {
        try await TestStore.run { store, _ in
            let id = try await store.routedTask()
            _ = try await store.tasks.route([.sample(id, attempt: 2, to: bob)])
            #expect(try await store.executions.record([.sample(id)]).map(\.name) == ["refused routed"])
            #expect(try await store.executions.record([.sample(id, attempt: 2, by: bob)]).map(\.name) == ["recorded"])
            #expect(try await store.executions.record([.sample(id)]).map(\.name) == ["refused completed"])
            #expect(try await store.executions.load(id).map(\.agentID) == [bob])
        }
    }

    @Test("after a failed attempt the task waits for another agent, and no late success of that attempt counts")
    func failover() async throws {
        try await TestStore.run { store, _ in
            let id = try await store.routedTask()
            let failure = ExecutionRecord.sample(id, result: .failed(.broken, final: false))
            #expect(try await store.executions.record([failure]).map(\.name) == ["recorded"])
            let again = try await store.executions.record([.sample(id)])
            #expect(again.first?.record?.fault == .broken)
            let task = try #require(try await store.tasks.load(id))
            #expect(task.awaitsRouting && !task.status.isTerminal && task.failedAttempt == 1)
            #expect(try await store.routing.inFlight().isEmpty)

            #expect(try await store.tasks.route([.sample(id, attempt: 2, to: bob)]) == [id])
            let last = ExecutionRecord.sample(id, attempt: 2, by: bob, result: .failed(.broken, final: true))
            #expect(try await store.executions.record([last]).map(\.name) == ["recorded"])
            let ended = try #require(try await store.tasks.load(id))
            #expect(ended.status == .failed && ended.fault == .broken)
            #expect(try await store.executions.load(id).map(\.isFinalFailure) == [false, true])
        }
    }

    @Test("an attempt of a task that has ended is not begun, and its result is refused")
    func ended() async throws {
        try await TestStore.run { store, _ in
            let id = try await store.routedTask()
            _ = try await store.tasks.finish([Ending(taskID: id, fault: TaskFault(.cancelled, "by its publisher"))])
            let sample = ExecutionRecord.sample(id)
            #expect(try await store.executions.begin([sample.key]).map(\.name) == ["superseded cancelled"])
            #expect(try await store.executions.record([sample]).map(\.name) == ["refused cancelled"])
            #expect(try await store.executions.load(id).isEmpty)
        }
    }

    @Test("of two workers with the same attempt, one result stands")
    func race() async throws {
        try await TestStore.run { store, _ in
            for _ in 0..<10 {
                let id = try await store.routedTask()
                async let one = store.executions.record([.sample(id, result: .completed(output: "one"))])
                async let two = store.executions.record([
                    .sample(id, result: .failed(.broken, final: true))
                ])
                let names = try await (one + two).map(\.name).sorted()
                #expect(names == ["again", "recorded"])
                let task = try #require(try await store.tasks.load(id))
                #expect((task.status == .completed) == (task.output == "one"))
            }
        }
    }
}

extension Beginning {
    var name: String {
        switch self {
        case .started: "started"
        case .over: "over"
        case .superseded(let status): "superseded \(status?.rawValue ?? "unknown")"
        }
    }
}

extension Recording {
    var name: String {
        switch self {
        case .recorded: "recorded"
        case .again: "again"
        case .refused(let status): "refused \(status?.rawValue ?? "unknown")"
        }
    }

    var record: ExecutionRecord? { if case .again(let record) = self { record } else { nil } }
}
