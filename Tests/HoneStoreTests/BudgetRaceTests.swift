import Foundation
import HoneCore
import HoneStore
import Postgres
import Synchronization
import Testing

/// A thousand calls of several processes race for a few budgets; processes die before, in and after their statements.
@Suite("A race for budgets", .serialized, .timeLimit(.minutes(10)))
struct BudgetRaceTests {
    private static let calls = 1_000
    private static let processes = 4
    /// What connections that may be killed are called.
    private static let mortal = "budget-race"
    private static let day = SpendingCap.day(40_000)

    /// What one call does, drawn once per seed.
    private struct Plan {
        var reservation: Reservation
        /// Nil: its process dies before it can settle.
        var cost: MicroUSD?
    }

    /// How the race goes.
    private final class Course: Sendable {
        private struct State {
            var isOver = false
            var looks = 0
            var granted: [UUID: (amount: MicroUSD, cost: MicroUSD?)] = [:]
        }

        private let state = Mutex(State())

        var isOver: Bool { state.withLock { $0.isOver } }
        var looks: Int { state.withLock { $0.looks } }
        var granted: [UUID: (amount: MicroUSD, cost: MicroUSD?)] { state.withLock { $0.granted } }

        func look() { state.withLock { $0.looks += 1 } }
        func end() { state.withLock { $0.isOver = true } }
        func grant(_ id: UUID, _ amount: MicroUSD, _ cost: MicroUSD?) {
            state.withLock { $0.granted[id] = (amount, cost) }
        }
    }

    private static func plans(seed: UInt64) -> [Plan] {
        var generator = LinearGenerator(seed: seed)
        let agents = [SpendingCap.ada(15_000), SpendingCap(.agent(bob, on: "2026-11-21"), limit: MicroUSD(25_000))]
        let tasks = (0..<40).map { _ in SpendingCap(.task(.new()), limit: MicroUSD(900)) }
        return (0..<calls).map { _ in
            let amount = Int64.random(in: 1...400, using: &generator)
            var caps = [day]
            if Bool.random(using: &generator) { caps.append(agents.randomElement(using: &generator) ?? day) }
            if Bool.random(using: &generator) { caps.append(tasks.randomElement(using: &generator) ?? day) }
            caps.shuffle(using: &generator)
            let reservation = Reservation(
                id: UUID(), caps: caps, amount: MicroUSD(amount), least: MicroUSD(max(1, amount / 4)), purpose: .task,
                model: .named("m1"))
            let dies = Int.random(in: 0..<10, using: &generator) == 0
            let cost = MicroUSD(.random(in: 0...max(1, amount / 4), using: &generator))
            return Plan(reservation: reservation, cost: dies ? nil : cost)
        }
    }

    @Test(
        "whoever races and whoever dies, no cap is ever passed and every micro-dollar is accounted for",
        arguments: 1...10)
    func race(seed: Int) async throws {
        let url = try await TestStore.url()
        var options = PoolOptions()
        options.maxConnections = 4
        let reader = try PostgresPool(url: url, options: options)
        options.connection.applicationName = Self.mortal
        let stores = try (0..<Self.processes).map { _ in try Store(url: url, options: options) }
        let course = Course()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !course.isOver {
                    let overruns = try await Self.overruns(reader)
                    #expect(overruns == [])
                    course.look()
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { callers in
                for (number, plan) in Self.plans(seed: UInt64(seed)).enumerated() {
                    let store = stores[number % stores.count]
                    callers.addTask {
                        if number % 20 == 0 { try await Self.kill(on: reader) }
                        guard let amount = await Self.reserve(plan, store) else { return }
                        course.grant(plan.reservation.id, amount, plan.cost)
                        guard let cost = plan.cost else { return }
                        await Self.settle(CallSettlement(id: plan.reservation.id, cost: cost), store)
                    }
                }
                try await callers.waitForAll()
            }
            course.end()
            try await group.waitForAll()
        }
        #expect(course.looks > 5)
        for store in stores { await store.close() }
        try await Self.reckon(course.granted, Store(pool: reader), reader)
        await reader.close()
    }

    /// At the end: who died is released, and the day's sums are those of the calls.
    private static func reckon(
        _ granted: [UUID: (amount: MicroUSD, cost: MicroUSD?)], _ store: Store, _ reader: PostgresPool
    ) async throws {
        #expect(granted.count > 30 && granted.values.contains { $0.cost == nil })
        while try await store.releaseReservations(openedBefore: Date(timeIntervalSinceNow: 60)) > 0 {}
        #expect(try await overruns(reader) == [])
        #expect(try await reader.ledgerFaults() == [])
        let balance = try #require(try await store.budgets.load([day.account]).first)
        #expect(balance.reserved == .zero)
        // A call whose reservation was committed though its caller never heard of it is there, too, and spent whole.
        let known = granted.values.reduce(MicroUSD.zero) { $0 + ($1.cost ?? $1.amount) }
        let unheard = try await reader.first(
            """
            select coalesce(sum(reserved_micro_usd), 0)::bigint from model_calls where not id = any(\(Array(granted.keys)))
            """, as: MicroUSD.self)
        #expect(balance.spent == known + (unheard ?? .zero))
    }

    /// A caller whose connection is killed gives up, like a process that dies: it neither reserves again nor settles.
    private static func reserve(_ plan: Plan, _ store: Store) async -> MicroUSD? {
        guard case .granted(let amount)? = try? await store.reserve([plan.reservation]).first else { return nil }
        return amount
    }

    /// As services do: what cannot be written now is written later.
    private static func settle(_ settlement: CallSettlement, _ store: Store) async {
        while (try? await store.budgets.settle([settlement])) == nil {}
    }

    private static func overruns(_ pool: PostgresPool) async throws -> [String] {
        try await pool.query(
            """
            select format('%s %s: %s + %s of %s', scope, scope_id, spent_micro_usd, reserved_micro_usd, cap_micro_usd)
            from budgets where spent_micro_usd + reserved_micro_usd > cap_micro_usd
            """, as: String.self)
    }

    /// Ends a connection that is in the middle of something, as when its process is killed.
    private static func kill(on pool: PostgresPool) async throws {
        try await pool.run(
            """
            select pg_terminate_backend(pid) from (
                select pid from pg_stat_activity
                where datname = current_database() and application_name = \(mortal) and state <> 'idle'
                order by random() limit 1) as victim
            """)
    }
}

/// Knuth's MMIX generator: the same plans for the same seed.
private struct LinearGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state >> 29) ^ (state &* 0xD6E8_FEB8_6659_FD93)
    }
}
