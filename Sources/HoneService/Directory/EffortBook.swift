import Foundation
public import HoneCore
public import HoneIntelligence
public import HoneStore
public import Logging
public import ServiceLifecycle
import Synchronization

/// What tasks of the last 30 days usually cost and take, held in memory: a pass over a month of scores is not made for
/// every task, and while they run not by every process.
public final class EffortBook: Service {
    private static let refreshInterval: Duration = .seconds(15)
    private static let days = 30.0
    /// Until a category has enough tasks: a tenth of a cent and ten seconds.
    public static let usual = EfficiencyReference(cost: MicroUSD(1_000), durationSeconds: 10)

    private let store: Store
    private let logger: Logger
    private let pages = Mutex<[Kind: Effort]>([:])

    private struct Kind: Hashable {
        var agent: AgentID?
        var category: HoneCore.Category
        var complexity: Int?
    }

    /// Loads once.
    public init(store: Store, logger: Logger) async throws {
        self.store = store
        self.logger = logger
        show(try await store.statistics.efforts(since: Self.start))
    }

    /// What one agent spends in a category; nil until it has done something there.
    public func effort(of agent: AgentID, in category: HoneCore.Category) -> Effort? {
        pages.withLock { $0[Kind(agent: agent, category: category)] }
    }

    /// The medians of successful tasks of the category and complexity, else of the category, else ``usual``.
    public func reference(_ category: HoneCore.Category?, complexity: Int?) -> EfficiencyReference {
        guard let effort = usualEffort(category, complexity: complexity) else { return Self.usual }
        return EfficiencyReference(
            cost: effort.medianCost.map { MicroUSD(Int64($0.rounded())) } ?? Self.usual.cost,
            durationSeconds: effort.medianDuration)
    }

    /// The effort of all agents together; nil while fewer than 20 tasks tell.
    public func usualEffort(_ category: HoneCore.Category?, complexity: Int?) -> Effort? {
        guard let category else { return nil }
        let kinds = [Kind(category: category, complexity: complexity), Kind(category: category)]
        return pages.withLock { pages in kinds.compactMap { pages[$0] } }
            .first { $0.tasks >= EfficiencyReference.fewestTasks }
    }

    /// Refreshes until the service shuts down.
    public func run() async throws {
        await refreshUntilShutdown(every: Self.refreshInterval, "usual efforts", logger: logger) {
            let efforts = try await self.store.usualEfforts(since: Self.start, within: Self.refreshInterval)
            self.show(efforts)
        }
    }

    private static var start: Date { Date().addingTimeInterval(-days * 86_400) }

    private func show(_ efforts: [Effort]) {
        let fresh = Dictionary(
            efforts.map { (Kind(agent: $0.agentID, category: $0.category, complexity: $0.complexity), $0) }
        ) { first, _ in first }
        pages.withLock { $0 = fresh }
    }
}
