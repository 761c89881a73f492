import Foundation
import HoneCore
import HoneStore
import Postgres
import Testing

@Suite("Budgets", .timeLimit(.minutes(2)))
struct BudgetTests {
    @Test("what a call costs is spent, and the rest comes back")
    func settling() async throws {
        try await TestStore.run { store, pool in
            let (call, day) = (UUID(), SpendingCap.day(100))
            #expect(try await store.reserve([reservation(60, day, id: call)]) == [.granted(MicroUSD(60))])
            #expect(try await store.balance(day).reserved == MicroUSD(60))
            let usage = TokenUsage(inputTokens: 3, outputTokens: 2)
            for _ in 0..<2 {
                try await store.budgets.settle([CallSettlement(id: call, cost: MicroUSD(25), usage: usage)])
            }
            let left = try await store.balance(day)
            #expect(left.reserved == .zero && left.spent == MicroUSD(25) && left.cap == MicroUSD(100))
            struct Call: Decodable, Equatable { var status: String, cost: Int, tokens: Int }
            let row = try await pool.first(
                "select status, cost_micro_usd as cost, input_tokens + output_tokens as tokens from model_calls",
                as: Call.self)
            #expect(row == Call(status: "settled", cost: 25, tokens: 5))
            #expect(try await pool.ledgerFaults() == [])
        }
    }

    @Test("a call takes from all of its budgets or from none, and the refusal names the one that has too little")
    func allOrNone() async throws {
        try await TestStore.run { store, pool in
            let (day, agent) = (SpendingCap.day(100), SpendingCap.ada(50))
            let outcomes = try await store.reserve([
                reservation(40, agent, day), reservation(40, agent, day), reservation(40, day),
                reservation(40, day),
            ])
            let spent = MicroUSD.zero
            #expect(
                outcomes == [
                    .granted(MicroUSD(40)),
                    .refused(
                        SpendingRefusal(cap: agent, spent: spent, reserved: MicroUSD(40), needed: MicroUSD(40))),
                    .granted(MicroUSD(40)),
                    .refused(SpendingRefusal(cap: day, spent: spent, reserved: MicroUSD(80), needed: MicroUSD(40))),
                ])
            let balances = try await store.budgets.ofDay("2026-11-21")
            #expect(balances.map(\.account) == [day.account, agent.account])
            #expect(balances.map(\.reserved) == [MicroUSD(80), MicroUSD(40)] && balances.map(\.refused) == [1, 1])
            #expect(try await pool.first("select count(*) from model_calls", as: Int.self) == 2)
            #expect(try await pool.ledgerFaults() == [])
        }
    }

    @Test("a task's own cap makes an answer shorter, as far as it may; a day's does not")
    func shrinking() async throws {
        try await TestStore.run { store, _ in
            let task = SpendingCap(.task(.new()), limit: MicroUSD(50))
            let outcomes = try await store.reserve([
                reservation(40, task, .day(500), least: 5), reservation(40, task, .day(500), least: 5),
                reservation(40, task, .day(500), least: 5), reservation(500, .day(500), least: 5),
            ])
            #expect(outcomes[0] == .granted(MicroUSD(40)) && outcomes[1] == .granted(MicroUSD(10)))
            for (outcome, cap) in zip(outcomes[2...], [task, .day(500)]) {
                guard case .refused(let refusal) = outcome else { return #expect(Bool(false)) }
                #expect(refusal.cap == cap)
            }
        }
    }

    @Test("a patient call that only calls under way stand in the way of is not counted as refused")
    func patience() async throws {
        try await TestStore.run { store, _ in
            let day = SpendingCap.day(100)
            var (passing, hopeless) = (reservation(50, day), reservation(200, day))
            (passing.isPatient, hopeless.isPatient) = (true, true)
            let outcomes = try await store.reserve([reservation(60, day), passing, hopeless, reservation(50, day)])
            let refusals = outcomes.compactMap { if case .refused(let refusal) = $0 { refusal } else { nil } }
            #expect(refusals.map(\.isPassing) == [true, false, true])
            #expect(try await store.balance(day).refused == 2)
        }
    }

    @Test("a call that cost more than was set aside is counted whole, and nothing is reserved from then on")
    func overrun() async throws {
        try await TestStore.run { store, pool in
            let (call, day) = (UUID(), SpendingCap.day(100))
            _ = try await store.reserve([reservation(60, day, id: call)])
            try await store.budgets.settle([CallSettlement(id: call, cost: MicroUSD(130))])
            #expect(try await store.balance(day).spent == MicroUSD(130))
            guard case .refused = try await store.reserve([reservation(1, day)])[0] else {
                return #expect(Bool(false), "a spent budget was spent again")
            }
            // A higher cap opens it again, a lower one does not undo the truth.
            #expect(try await store.reserve([reservation(1, .day(200))]) == [.granted(MicroUSD(1))])
            #expect(try await store.balance(day).cap == MicroUSD(200))
            #expect(try await pool.ledgerFaults() == [])
        }
    }

    @Test("a call that nobody settles counts as spent, and a late settlement puts it right, once")
    func release() async throws {
        try await TestStore.run { store, pool in
            let (late, lost, day) = (UUID(), UUID(), SpendingCap.day(100))
            _ = try await store.reserve([reservation(60, day, id: late), reservation(30, day, id: lost)])
            #expect(try await store.releaseReservations(openedBefore: Date(timeIntervalSinceNow: -60)) == 0)
            let soon = Date(timeIntervalSinceNow: 60)
            #expect(try await store.releaseReservations(openedBefore: soon) == 2)
            #expect(try await store.releaseReservations(openedBefore: soon) == 0)
            var left = try await store.balance(day)
            #expect(left.reserved == .zero && left.spent == MicroUSD(90))
            for cost in [10, 20] {
                try await store.budgets.settle([CallSettlement(id: late, cost: MicroUSD(Int64(cost)))])
            }
            left = try await store.balance(day)
            #expect(left.reserved == .zero && left.spent == MicroUSD(40))
            #expect(try await pool.ledgerFaults() == [])
        }
    }

    @Test(
        "what may have been billed is spent whole, what was not made comes back whole, what is unknown changes nothing")
    func endings() async throws {
        try await TestStore.run { store, pool in
            let (cut, unmade, day) = (UUID(), UUID(), SpendingCap.day(100))
            _ = try await store.reserve([reservation(60, day, id: cut), reservation(30, day, id: unmade)])
            try await store.budgets.settle([
                CallSettlement(id: cut, cost: nil, fault: "timed_out"), .unmade(unmade), .unmade(UUID()),
            ])
            let left = try await store.balance(day)
            #expect(left.reserved == .zero && left.spent == MicroUSD(60))
            #expect(try await pool.ledgerFaults() == [])
        }
    }
}
