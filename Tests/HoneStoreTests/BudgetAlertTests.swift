import Foundation
import HoneCore
import HoneStore
import Testing

@Suite("Alerts of budgets", .timeLimit(.minutes(2)))
struct BudgetAlertTests {
    private func alerts(_ store: Store) async throws -> [String] {
        try await store.alerts.list(AlertFilter(isOpen: true), limit: 50)
            .map { "\($0.subject) \($0.severity)" }.sorted()
    }

    @Test("80 % and 100 % are told once each, and cleared on the next day")
    func marks() async throws {
        try await TestStore.run { store, _ in
            let call = UUID()
            _ = try await store.reserve([reservation(79, .day(100), id: call)])
            try await store.budgets.settle([CallSettlement(id: call, cost: MicroUSD(79))])
            #expect(try await store.budgets.watch("2026-11-21") == 0)
            let next = UUID()
            _ = try await store.reserve([reservation(2, .day(100), id: next)])
            try await store.budgets.settle([CallSettlement(id: next, cost: MicroUSD(2))])
            #expect(try await store.budgets.watch("2026-11-21") == 1)
            #expect(try await store.budgets.watch("2026-11-21") == 0)
            #expect(try await alerts(store) == ["day 2026-11-21 80% warning"])
            _ = try await store.reserve([reservation(50, .day(100))])
            #expect(try await store.budgets.watch("2026-11-21") == 1)
            #expect(
                try await alerts(store) == ["day 2026-11-21 100% critical", "day 2026-11-21 80% warning"])
            #expect(try await store.budgets.watch("2026-11-22") == 0)
            #expect(try await alerts(store) == [])
        }
    }

    @Test("a higher cap clears them, and they come again when it is reached")
    func raised() async throws {
        try await TestStore.run { store, _ in
            let call = UUID()
            _ = try await store.reserve([reservation(90, .ada(100), id: call)])
            try await store.budgets.settle([CallSettlement(id: call, cost: MicroUSD(90))])
            #expect(try await store.budgets.watch("2026-11-21") == 1)
            _ = try await store.reserve([reservation(1, .ada(1_000), id: UUID())])
            #expect(try await store.budgets.watch("2026-11-21") == 0)
            #expect(try await alerts(store) == [])
            let more = UUID()
            _ = try await store.reserve([reservation(800, .ada(1_000), id: more)])
            try await store.budgets.settle([CallSettlement(id: more, cost: MicroUSD(800))])
            #expect(try await store.budgets.watch("2026-11-21") == 1)
            #expect(try await alerts(store) == ["agent ada/2026-11-21 80% warning"])
        }
    }
}
