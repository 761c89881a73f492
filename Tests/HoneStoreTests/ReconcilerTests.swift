import Foundation
import HoneCore
import HoneStore
import Postgres
import Testing

@Suite("Finding open tasks that were lost", .timeLimit(.minutes(2)))
struct ReconcilerTests {
    private let patience: Duration = .seconds(30)

    /// Everybody is past `time`.
    private func horizon(_ time: Date, lost: Date? = nil) -> OpenHorizon {
        let horizon = Horizon(lost: lost, passed: time, patience: patience)
        return OpenHorizon(
            submitted: horizon, failed: horizon, assigned: Array(repeating: horizon, count: 10), silent: time,
            now: .now)
    }

    @Test("an open task is claimed only when everybody is past it, then left alone twice as long each time")
    func open() async throws {
        try await TestStore.run { store, pool in
            let routed = try await store.routedTask()
            _ = try await store.completedTask()
            let claim = { (time: Date) in
                try await store.alone { try await $0.claimOpen(horizon(time), limit: 10) }
            }
            #expect(try await claim(.now.addingTimeInterval(-60)).isEmpty)
            try await pool.run("update agent_tasks set moved_at = now() - interval '1 hour'")
            #expect(try await claim(.now.addingTimeInterval(-60)) == [routed])
            #expect(try await claim(.now.addingTimeInterval(-60)).isEmpty)
            // Published once: it waits twice its patience.
            try await pool.run("update republications set published_at = now() - interval '80 seconds'")
            #expect(try await claim(.now.addingTimeInterval(-60)).isEmpty)
            try await pool.run("update republications set published_at = now() - interval '100 seconds'")
            #expect(try await claim(.now.addingTimeInterval(-60)) == [routed])
            #expect(try await pool.first("select times from republications", as: Int.self) == 2)
        }
    }

    @Test("what moved on is forgotten, what has not is remembered")
    func forgotten() async throws {
        try await TestStore.run { store, pool in
            let (one, other) = (try await store.routedTask(), try await store.routedTask())
            try await pool.run("update agent_tasks set moved_at = now() - interval '1 hour'")
            _ = try await store.alone { try await $0.claimOpen(horizon(.now), limit: 10) }
            _ = try await store.executions.begin([AttemptKey(taskID: one, attempt: 1, agentID: ada)])
            try await store.reconciler.forgetMoved(before: .now)
            #expect(try await pool.query("select task_id from republications", as: TaskID.self) == [other])
        }
    }

    @Test("what moved before the bus lost its data is claimed at once, each lane by its own queue otherwise")
    func lanes() async throws {
        try await TestStore.run { store, pool in
            let lost = try await store.routedTask()
            let past = try await store.routedTask()
            let waiting = try await store.routedTask()
            try await pool.run("update agent_tasks set moved_at = now() - interval '1 minute'")
            try await pool.run("update agent_tasks set priority = 9 where id = \(past)::uuid")
            try await pool.run(
                "update agent_tasks set moved_at = now() - interval '1 hour' where id = \(lost)::uuid")
            var horizon = horizon(.now.addingTimeInterval(-7_200), lost: .now.addingTimeInterval(-1_800))
            horizon.assigned[9].passed = .now.addingTimeInterval(-30)
            let now = horizon
            let claimed = try await store.alone { try await $0.claimOpen(now, limit: 10) }
            #expect(Set(claimed) == [lost, past] && !claimed.contains(waiting))
        }
    }

    @Test("an attempt that is renewed is not claimed, one that fell silent is")
    func heartbeat() async throws {
        try await TestStore.run { store, pool in
            let (alive, dead) = (try await store.routedTask(), try await store.routedTask())
            let keys = [alive, dead].map { AttemptKey(taskID: $0, attempt: 1, agentID: ada) }
            _ = try await store.executions.begin(keys)
            try await pool.run("update agent_tasks set moved_at = now() - interval '25 seconds'")
            try await store.executions.renew([keys[0], AttemptKey(taskID: dead, attempt: 2, agentID: ada)])
            let horizon = horizon(.now.addingTimeInterval(-20), lost: .now)
            #expect(try await store.alone { try await $0.claimOpen(horizon, limit: 10) } == [dead])
        }
    }

    @Test("a passed deadline is claimed wherever its message waits")
    func deadline() async throws {
        try await TestStore.run { store, pool in
            let late = try await store.routedTask()
            try await pool.run(
                "update agent_tasks set deadline = now() - interval '1 second' where id = \(late)::uuid")
            let horizon = horizon(.now.addingTimeInterval(-7_200))
            #expect(try await store.alone { try await $0.claimOpen(horizon, limit: 10) } == [late])
        }
    }

    @Test("rows of an open transaction are waited for")
    func settled() async throws {
        try await TestStore.run { store, _ in
            let before = try await store.reconciler.clock()
            #expect(before.settled == before.now)
            try await store.transaction { writer in
                let begun = try await writer.reconciler.clock().now
                let clock = try await store.reconciler.clock()
                #expect(clock.settled <= begun && clock.settled < clock.now)
            }
        }
    }

    @Test("another epoch than before is noticed once, and the first is no loss")
    func epochs() async throws {
        try await TestStore.run { store, _ in
            let (first, second) = (Date(timeIntervalSince1970: 1_000), Date(timeIntervalSince1970: 2_000))
            var noted = try await store.reconciler.note(epoch: "a", began: first)
            #expect(!noted.isNew && noted.lostBefore == nil)
            noted = try await store.reconciler.note(epoch: "b", began: second)
            #expect(noted.isNew && noted.lostBefore == second)
            noted = try await store.reconciler.note(epoch: "b", began: .now)
            #expect(!noted.isNew && noted.lostBefore == second)
        }
    }
}

extension Store {
    /// As the only one who reconciles.
    func alone<Value: Sendable>(_ body: @Sendable (Reconciler) async throws -> Value) async throws -> Value {
        try await transaction { store in
            #expect(try await store.locks.tryAcquire(Reconciler.lock))
            return try await body(store.reconciler)
        }
    }
}
