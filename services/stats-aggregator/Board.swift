import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneStore
import Logging
import Metrics
import ServiceLifecycle
import Synchronization

/// Publishes the leaderboard: at start, soon after a change, and every minute, since standings move with the calendar
/// and with new agents. Of several aggregators one publishes at a time, and all together once per ``pause``; a board that
/// takes long comes less often.
final class Board: Service {
    static let pause: Duration = .seconds(1)
    private static let refreshInterval: Duration = .seconds(60)

    private let store: Store
    private let publisher: any Publisher
    private let logger: Logger
    private let isStale = Mutex(true)
    /// When agents came to models; that never changes, and is looked up once.
    private let uses = Mutex<[ModelUse: Date]>([:])
    private let bias = Mutex<(time: Date, correction: JudgeCorrection?)?>(nil)
    private let gauges: BoardGauges
    private let news: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    init(store: Store, publisher: any Publisher, logger: Logger, metrics: any MetricsFactory = MetricsSystem.factory) {
        gauges = BoardGauges(metrics)
        self.store = store
        self.publisher = publisher
        self.logger = logger
        (news, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        bell.yield()
    }

    /// Returns at once; the change is on the board soon.
    func changed() {
        isStale.withLock { $0 = true }
        bell.yield()
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await self.follow() }
                group.addTask { await self.turnPages() }
            }
        }
        await finish()
    }

    /// The consumer has drained by now: what it counted last is not left to the next start.
    private func finish() async {
        for _ in 0..<3 where isStale.withLock({ $0 }) && !Task.isCancelled {
            await refresh()
            if isStale.withLock({ $0 }) { try? await Task.sleep(for: Self.pause) }
        }
    }

    private func follow() async {
        for await _ in news {
            let start = ContinuousClock.now
            await refresh()
            // Never more than a third of the time, however much is on record: counting comes first.
            let pause = max(Self.pause, (.now - start) * 2)
            guard (try? await Task.sleep(for: pause)) != nil else { return }
        }
    }

    private func turnPages() async {
        while (try? await Task.sleep(for: Self.refreshInterval)) != nil { changed() }
    }

    /// Publishes, or stays stale and is rung again.
    private func refresh() async {
        isStale.withLock { $0 = false }
        do {
            if try await publish() { return }
        } catch is CancellationError {
        } catch {
            logger.warning("the leaderboard is not fresh", metadata: ["error": "\(error)"])
        }
        changed()
    }

    /// Rebuilds the board and announces it. False when another aggregator is at it, or was a moment ago.
    func publish() async throws -> Bool {
        let now = Date()
        let board = try await store.transaction { store -> Leaderboard? in
            guard try await store.locks.tryAcquire("leaderboard"),
                try await store.statistics.boardAge() ?? .seconds(60) >= Self.pause
            else { return nil }
            return try await rebuild(in: store, at: now)
        }
        guard let board else { return false }
        gauges.show(board)
        try await publisher.publish([Publication(StatsUpdated(board, asOf: now), id: TaskID.new(at: now).uuid)])
        return true
    }

    private func rebuild(in store: Store, at now: Date) async throws -> Leaderboard {
        let totals = try await store.rewards.totals()
        let table = try await store.statistics.table()
        let uses = try await firstUses(of: table.modelsOfUnknownOrder(), in: store)
        let agents = try await store.agents.all().map { agent in
            LeaderboardAgent(agent, points: totals[agent.id]?.points ?? 0, uses: uses)
        }
        let board = Leaderboard(
            table, agents: agents, today: Day(now), correcting: try await correction(in: store, at: now))
        try await store.statistics.publish(board, attainable: totals.mapValues { max(0, $0.attainable) })
        return board
    }

    /// Ratings are few, and what they say of the judge changes slowly: it is read once a minute.
    private func correction(in store: Store, at now: Date) async throws -> JudgeCorrection? {
        if let known = bias.withLock({ $0 }), now.timeIntervalSince(known.time) < 60 { return known.correction }
        let correction = try await store.opinions.corrections(now.addingTimeInterval(-30 * 86_400)...now).ofMeans
        bias.withLock { $0 = (now, correction) }
        return correction
    }

    private func firstUses(of models: [ModelUse], in store: Store) async throws -> [ModelUse: Date] {
        let known = uses.withLock { $0 }
        let found = try await store.statistics.firstUses(of: models.filter { known[$0] == nil })
        let all = known.merging(found) { first, _ in first }
        uses.withLock { $0 = all }
        return all
    }
}

extension StatsUpdated {
    init(_ board: Leaderboard, asOf time: Date) {
        let agents = board.entries.map { entry in
            Standing(
                agentID: entry.agent, overallRank: entry.overallRank, avgOverallScore: entry.total.meanOverall,
                points: Int(entry.points), totalTasks: Int(entry.total.count))
        }
        self.init(agents: agents, asOf: time)
    }
}
