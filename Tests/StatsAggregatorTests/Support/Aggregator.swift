import BusTestKit
import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import Logging
import Postgres

@testable import StatsAggregator

/// One aggregator's parts, with the database and the bus they work on.
struct Aggregator: Sendable {
    let pool: PostgresPool
    let store: Store
    let transport: MemoryTransport
    let efforts: EffortBook
    let trust: TrustBook
    let board: Board
    let ledger: Ledger
    let recount: Recount

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init(_ url: String) async throws {
        try await self.init(PostgresPool(url: url), MemoryTransport())
    }

    /// One that starts now, beside another.
    init(sharing other: Aggregator) async throws {
        try await self.init(other.pool, other.transport)
    }

    private init(_ pool: PostgresPool, _ transport: MemoryTransport) async throws {
        self.pool = pool
        self.transport = transport
        store = Store(pool: pool)
        efforts = try await EffortBook(store: store, logger: Self.logger)
        trust = try await TrustBook(store: store, logger: Self.logger)
        board = Board(store: store, publisher: transport, logger: Self.logger)
        ledger = Ledger(store: store, desk: RewardDesk(efforts: efforts, trust: trust), board: board)
        recount = Recount(store: store, board: board, logger: Self.logger)
    }

    func close() async { await store.close() }

    /// Hands events to their handlers, `size` at a time.
    func handle(_ events: [Event], batchesOf size: Int = 4) async throws {
        for start in stride(from: 0, to: events.count, by: size) {
            try await handleBatches(Array(events[start..<min(start + size, events.count)]))
        }
    }

    private func handleBatches(_ events: [Event]) async throws {
        let evaluations = events.compactMap { if case .evaluation(let message) = $0 { message } else { nil } }
        let reviews = events.compactMap { if case .review(let message) = $0 { message } else { nil } }
        let failures = events.compactMap { if case .failure(let message) = $0 { message } else { nil } }
        let feedback = events.compactMap { if case .feedback(let message) = $0 { message } else { nil } }
        _ = try await CountFailures(ledger: ledger).handle(failures, in: .test)
        _ = try await CountReviews(ledger: ledger).handle(reviews, in: .test)
        _ = try await CountFeedback(ledger: ledger).handle(feedback, in: .test)
        _ = try await CountEvaluations(ledger: ledger).handle(evaluations, in: .test)
    }

    /// Everything that counting writes, times left out.
    func tables() async throws -> [String] {
        var tables: [String] = []
        for table in ["rewards", "agent_points", "user_feedback", "statistics_cells", "agent_performance_scores"] {
            let lines = try await pool.query(
                """
                select (to_jsonb(line) - 'created_at' - 'updated_at')::text as line
                from \(identifier: table) as line
                """, as: String.self)
            tables.append("\(table):\n" + lines.sorted().joined(separator: "\n"))
        }
        return tables
    }

    /// Whether counters and points are what a recount finds.
    func agreesWithRecount() async throws -> Bool {
        try await recount.check() == 0
    }

    func points(of agent: AgentID) async throws -> Int64? {
        try await store.rewards.totals()[agent]?.points
    }
}

extension HandlerContext {
    static let test = HandlerContext(logger: Aggregator.logger, group: StatsAggregator.name, consumer: "test")
}
