import Foundation
import HoneCore
import HoneStore
import Postgres
import Testing

@Suite("Comparing causes with effects", .timeLimit(.minutes(2)))
struct ReconcilerHopTests {
    private let patience: Duration = .seconds(30)

    private func discover(_ store: Store, _ hop: Hop, patiently: Bool = false) async throws -> [TaskID] {
        try await store.alone { try await $0.discover(hop, until: .now, patiently: patiently).tasks }
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
            #expect(try await discover(store, .end) == [failed])
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
                try await store.alone {
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
            let found = try await store.alone {
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
                try await store.alone {
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

    @Test("an end without a result is looked for until it was read on the bus, and a result never is")
    func ends() async throws {
        try await TestStore.run { store, pool in
            let (one, other) = (try await store.routedTask(), try await store.routedTask())
            _ = try await store.completedTask()
            _ = try await store.tasks.finish([one, other].map { Ending(taskID: $0, fault: .broken) })
            try await store.tasks.markTold([other])
            #expect(try await discover(store, .end, patiently: true).isEmpty)
            let look = {
                try await store.alone {
                    try await $0.reconsider(.end, Horizon(lost: .now, passed: .now, patience: patience)).tasks
                }
            }
            #expect(try await look() == [one])
            try await store.tasks.markTold([one])
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
            let found = try await store.alone {
                try await $0.reconsider(.opinion, Horizon(lost: .now, passed: .now, patience: patience))
            }
            #expect(found.tasks.isEmpty)
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
