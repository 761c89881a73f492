import HoneCore
import HoneIntelligence
import HoneService
import HoneStore
import Logging
import Metrics
import ServiceLifecycle

/// Counts everything anew each hour. Counters that differ are a fault of ours: it is reported, and they are mended.
struct Recount: Service {
    private static let interval: Duration = .seconds(3_600)

    let store: Store
    let board: Board
    let logger: Logger
    private let found: Gauge

    init(store: Store, board: Board, logger: Logger, metrics: any MetricsFactory = MetricsSystem.factory) {
        found = Gauge(label: "hone_statistics_recount_differences", factory: metrics)
        self.store = store
        self.board = board
        self.logger = logger
    }

    func run() async throws {
        await refreshUntilShutdown(every: Self.interval, "the recount", logger: logger) {
            _ = try await check()
        }
    }

    /// Returns how many counters were wrong; nil when another aggregator is counting.
    func check() async throws -> Int? {
        let differences = try await store.snapshot { store -> Int? in
            guard try await store.locks.tryAcquire("recount") else { return nil }
            return try await Self.differences(in: store).count
        }
        guard let differences else { return nil }
        found.record(differences)
        guard differences > 0 else { return 0 }
        logger.error("the statistics differ from a recount", metadata: ["differences": "\(differences)"])
        try await mend()
        board.changed()
        return differences
    }

    /// Nobody counts meanwhile, so that what is found then is still true when it is written.
    private func mend() async throws {
        try await store.transaction { store in
            try await store.statistics.holdStill()
            let (cells, _) = try await Self.differences(in: store)
            try await store.statistics.merge(StatisticsTable(cells: cells))
            try await store.rewards.mend()
        }
    }

    private static func differences(
        in store: Store
    ) async throws -> (cells: [StatisticsKey: StatisticsCell], count: Int) {
        let cells = try await store.statistics.table().changes(to: store.statistics.recount())
        let points = try await store.rewards.totals()
        let recounted = try await store.rewards.recountedTotals()
        let wrong = Set(points.keys).union(recounted.keys).filter { points[$0] != recounted[$0] }
        return (cells, cells.count + wrong.count)
    }
}
