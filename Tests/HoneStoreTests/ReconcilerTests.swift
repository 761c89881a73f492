import Foundation
import HoneCore
import HoneStore
import Postgres
import Testing

@Suite("Finding what was lost", .timeLimit(.minutes(2)))
struct ReconcilerTests {
    private let patience: Duration = .seconds(30)

    private func alone<Value: Sendable>(
        _ store: Store, _ body: @Sendable (Reconciler) async throws -> Value
    ) async throws -> Value {
        try await store.transaction { store in
            #expect(try await store.locks.tryAcquire(Reconciler.lock))
            return try await body(store.reconciler)
        }
    }

    /// Everybody is past `time`.
    private func horizon(_ time: Date, lost: Date? = nil) -> OpenHorizon {
        let horizon = Horizon(lost: lost, passed: time, patience: patience)
        return OpenHorizon(
            submitted: horizon, failed: horizon, assigned: Array(repeating: horizon, count: 10), silent: time,
            now: .now)
    }

    private func discover(_ store: Store, _ hop: Hop, patiently: Bool = false) async throws -> [TaskID] {
        // The pool's other connections may still be finishing; a second on they are not.
        try await alone(store) { try await $0.discover(hop, until: .now, patiently: patiently).tasks }
    }

    @Test("an open task is claimed only when everybody is past it, then left alone twice as long each time")
    func open() async throws {
        try await TestStore.run { store, pool in
            let routed = try await store.routedTask()
            _ = try await store.completedTask()
            let claim = { (time: Date) in
                try await alone(store) { try await $0.claimOpen(horizon(time), limit: 10) }
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
            _ = try await alone(store) { try await $0.claimOpen(horizon(.now), limit: 10) }
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
            let claimed = try await alone(store) { try await $0.claimOpen(now, limit: 10) }
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
            #expect(try await alone(store) { try await $0.claimOpen(horizon, limit: 10) } == [dead])
        }
    }

    @Test("a passed deadline is claimed wherever its message waits")
    func deadline() async throws {
        try await TestStore.run { store, pool in
            let late = try await store.routedTask()
            try await pool.run(
                "update agent_tasks set deadline = now() - interval '1 second' where id = \(late)::uuid")
            let horizon = horizon(.now.addingTimeInterval(-7_200))
            #expect(try await alone(store) { try await $0.claimOpen(horizon, limit: 10) } == [late])
        }
    }

    @Test("each hop finds what lacks its effect, once, and nothing that has it")
    func hops() async throws {
        try await TestStore.run { store, _ in
            let unscored = try await store.completedTask()
            let scored = try await store.completedTask()
            _ = try await store.scores.insert([.sample(scored)])
            let trial = try await store.completedTask()
            var trialScore = ScoreRecord.sample(trial)
            trialScore.experimentID = .new()
            _ = try await store.scores.insert([trialScore])
            let failed = try await store.routedTask()
            _ = try await store.executions.record([.sample(failed, result: .failed(.broken, final: true))])

            #expect(try await discover(store, .score) == [unscored])
            #expect(try await discover(store, .failure) == [failed])
            #expect(try await discover(store, .reward) == [scored])
            #expect(Set(try await discover(store, .plan)) == [scored, trial])
            for hop in Hop.compared { #expect(try await discover(store, hop).isEmpty, "\(hop)") }

            _ = try await store.reviews.plan([
                ReviewPlan(taskID: scored, reviewers: [kai, bob]), ReviewPlan(taskID: trial, reviewers: []),
            ])
            #expect(try await discover(store, .review) == [scored])
        }
    }

    @Test("what got its effect is forgotten, what still lacks it comes back later each time")
    func reconsidered() async throws {
        try await TestStore.run { store, pool in
            let (one, other) = (try await store.completedTask(), try await store.completedTask())
            #expect(Set(try await discover(store, .score)) == [one, other])
            _ = try await store.scores.insert([.sample(one)])
            let again = { (passed: Date, lost: Date?) in
                try await alone(store) {
                    try await $0.reconsider(.score, Horizon(lost: lost, passed: passed, patience: patience)).tasks
                }
            }
            #expect(try await again(.now, nil).isEmpty)
            try await pool.run("update republications set published_at = now() - interval '31 seconds'")
            #expect(try await again(.now, nil) == [other])
            #expect(try await pool.query("select task_id from republications", as: TaskID.self) == [other])
            try await pool.run("update republications set published_at = now() - interval '31 seconds'")
            #expect(try await again(.now, nil).isEmpty)
            #expect(try await again(.distantPast, .now) == [other])
        }
    }

    @Test("work that a judge may still look at is watched first")
    func judged() async throws {
        try await TestStore.run { store, pool in
            let id = try await store.completedTask()
            try await pool.run("update agent_tasks set expected = null")
            #expect(try await discover(store, .score, patiently: true).isEmpty)
            let found = try await alone(store) {
                try await $0.reconsider(.score, Horizon(lost: nil, passed: .now, patience: patience))
            }
            #expect(found.tasks == [id])
        }
    }

    @Test("a failed attempt is watched until its task goes on or ends, and an ending without a ledger row is found")
    func endings() async throws {
        try await TestStore.run { store, pool in
            let id = try await store.routedTask()
            let attempt = ExecutionRecord.sample(id, result: .failed(.broken, final: false))
            _ = try await store.executions.record([attempt])
            _ = try await store.statistics.countFailures([attempt.key])
            #expect(try await discover(store, .failure).isEmpty)
            let look = {
                try await alone(store) {
                    try await $0.reconsider(.failure, Horizon(lost: .now, passed: .now, patience: patience)).tasks
                }
            }
            #expect(try await look().isEmpty)
            _ = try await store.tasks.finish([Ending(taskID: id, fault: .broken)])
            #expect(try await look() == [id])
            try await pool.run(
                "insert into rewards (task_id, agent_id, reward, penalty, attainable) values (\(id)::uuid, 'ada', 0, 1, 1)"
            )
            #expect(try await look().isEmpty)
            #expect(try await pool.query("select task_id from republications", as: TaskID.self).isEmpty)
        }
    }

    @Test("a review that the ledger has not seen is found by counting")
    func opinions() async throws {
        try await TestStore.run { store, pool in
            let id = try await store.completedTask()
            _ = try await store.scores.insert([.sample(id)])
            try await pool.run(
                "insert into rewards (task_id, agent_id, reward, penalty, attainable) values (\(id)::uuid, 'ada', 1, 0, 1)"
            )
            let review = ReviewRecord(
                taskID: id, evaluatedAgentID: ada, evaluatorAgentID: bob, score: 0.5, criteria: [:], feedback: "",
                model: nil, cost: nil, durationSeconds: 0)
            _ = try await store.reviews.insert([review])
            #expect(try await discover(store, .opinion) == [id])
            try await pool.run("update rewards set counted_opinions = 1")
            let found = try await alone(store) {
                try await $0.reconsider(.opinion, Horizon(lost: .now, passed: .now, patience: patience))
            }
            #expect(found.tasks.isEmpty)
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

    @Test("a plan is decided once, and a reviewer that cannot be had owes nothing")
    func plans() async throws {
        try await TestStore.run { store, _ in
            let id = try await store.completedTask()
            let plan = ReviewPlan(taskID: id, reviewers: [bob, kai], samplingWeight: 2)
            #expect(try await store.reviews.plan([plan, plan]) == [id: plan])
            #expect(try await store.reviews.plan([ReviewPlan(taskID: id, reviewers: [])]) == [id: plan])
            try await store.reviews.excuse(kai, from: id)
            try await store.reviews.excuse(kai, from: id)
            #expect(try await store.reviews.plans(of: [id])[id]?.reviewers == [bob])
        }
    }
}
