import Foundation
import HoneCore
import HoneModels
import HoneStore
import Logging
import Postgres
import TestServers
import Testing

@testable import HoneService

@Suite("The treasury", .timeLimit(.minutes(2)))
struct TreasuryTests {
    static let migrations = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "infra/migrations").path
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private let noon = Date(timeIntervalSince1970: 1_795_262_400)

    /// Runs `body` on a store of a server of its own, which may be killed.
    private func onServer(_ body: (Store, TestPostgres) async throws -> Void) async throws {
        let server = try await TestPostgres.start()
        let url = try await server.createDatabase()
        try await Store.migrate(url, from: Self.migrations)
        var options = PoolOptions()
        options.waitTimeout = .milliseconds(300)
        let store = try Store(url: url, options: options)
        try await body(store, server)
        await store.close()
        server.stop()
    }

    private func reservation(_ caps: [SpendingCap]) -> Reservation {
        Reservation(
            id: UUID(), caps: caps, amount: MicroUSD(100), least: MicroUSD(1), purpose: .task,
            model: ModelID("m") ?? { preconditionFailure("a name") }())
    }

    @Test("what cannot be written while Postgres is away is written when it is back")
    func owed() async throws {
        try await onServer { store, server in
            let treasury = Treasury(store: store, dailyCap: MicroUSD(1_000), logger: logger) { noon }
            let call = reservation(try await treasury.caps(for: CallPayer()))
            #expect(try await treasury.reserve(call) == .granted(MicroUSD(100)))
            server.stop()
            await treasury.settle(CallSettlement(id: call.id, cost: MicroUSD(30)))
            await #expect(throws: DatabaseError.self) { try await treasury.reserve(reservation(call.caps)) }
            await #expect(throws: DatabaseError.self) { try await treasury.settleOwed() }
            try await server.restart()
            await treasury.close()
            let left = try #require(try await store.budgets.load([call.caps[0].account]).first)
            #expect(left.reserved == .zero && left.spent == MicroUSD(30))
        }
    }

    @Test("caps are those of the day, in UTC; of two on everything the lower one holds")
    func caps() async throws {
        try await onServer { store, _ in
            let kai = try #require(AgentID("kai"))
            let treasury = Treasury(store: store, dailyCap: MicroUSD(1_000), logger: logger) { noon }
            let day = "2026-11-21"
            #expect(
                try await treasury.caps(for: CallPayer(.review, agentID: kai))
                    == [SpendingCap(.day(day), limit: MicroUSD(1_000))])
            try await store.budgets.setDailyCap(of: kai, to: MicroUSD(7))
            try await store.budgets.setDailyCap(of: nil, to: MicroUSD(900))
            try await treasury.refresh()
            let task = SpendingCap(.task(.new()), limit: MicroUSD(5))
            #expect(
                try await treasury.caps(for: CallPayer(.task, agentID: kai, caps: [task])) == [
                    task, SpendingCap(.agent(kai, on: day), limit: MicroUSD(7)),
                    SpendingCap(.day(day), limit: MicroUSD(900)),
                ])
            let free = Treasury(store: store, dailyCap: nil, logger: logger)
            #expect(try await free.caps(for: CallPayer()).isEmpty)
        }
    }

    @Test("calls that come together share transactions, and every one is told its own outcome")
    func together() async throws {
        try await onServer { store, _ in
            let treasury = Treasury(store: store, dailyCap: MicroUSD(2_550), logger: logger) { noon }
            let caps = try await treasury.caps(for: CallPayer())
            let granted = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<200 {
                    group.addTask { try await treasury.reserve(reservation(caps)) == .granted(MicroUSD(100)) }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(granted == 25)
            let left = try #require(try await store.budgets.load(caps.map(\.account)).first)
            #expect(left.reserved == MicroUSD(2_500) && left.refused == 175)
        }
    }
}
