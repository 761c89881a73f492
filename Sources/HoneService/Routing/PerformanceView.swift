import Foundation
public import HoneCore
public import HoneIntelligence
import HoneModels
public import HoneStore
public import Logging
public import ServiceLifecycle
import Synchronization

/// What is believed of every agent when a task is to be routed: statistics, usual effort and work in hand, held in memory
/// and refreshed while it runs.
public final class PerformanceView: Service {
    private static let refreshInterval: Duration = .seconds(1)

    public let directory: Directory
    private let store: Store
    private let efforts: EffortBook
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
        var standing = Standings(StatisticsTable(), [:], at: Date(timeIntervalSince1970: 0))
        var changes = Changes()
        var inFlight: [AgentID: Int] = [:]
        var circuits = CircuitWatch()
        var traffic: [HoneCore.Category?: CategoryTraffic] = [:]
    }

    /// Loads once.
    public init(store: Store, directory: Directory, efforts: EffortBook, logger: Logger) async throws {
        self.store = store
        self.efforts = efforts
        self.directory = directory
        self.logger = logger
        try await refresh()
    }

    /// The agents as candidates for a task of `category`, and what they are measured against.
    public func outlook(
        for category: HoneCore.Category?, complexity: Int?
    ) -> (candidates: [RoutingCandidate], context: RoutingContext) {
        let (known, now) = (directory.snapshot, Date())
        return state.withLock { state in
            let agents = known.agents.values.sorted { $0.id < $1.id }
            let candidates = agents.map { agent in
                let effort = category.flatMap { efforts.effort(of: agent.id, in: $0) }
                var candidate = state.standing.candidate(agent, category, effort)
                candidate.inFlight = state.inFlight[agent.id] ?? 0
                candidate.isCircuitOpen = agent.agent.model.map { state.circuits.isOpen($0, at: now) } ?? false
                candidate.isModelAvailable = agent.agent.model.map(directory.models.isAvailable) ?? false
                return candidate
            }
            let context = RoutingContext(
                reference: efforts.reference(category, complexity: complexity),
                traffic: state.traffic[category] ?? CategoryTraffic())
            return (candidates, context)
        }
    }

    /// Counts a decision at once, so that a burst spreads before the next refresh.
    public func count(_ decision: RoutingDecision, in category: HoneCore.Category?) {
        state.withLock { state in
            state.inFlight[decision.chosen, default: 0] += 1
            state.traffic[category, default: CategoryTraffic()].count(decision)
        }
    }

    /// An attempt failed because the agent's model could not be reached.
    func noteOutage(of agent: AgentID, at time: Date) {
        guard let model = directory.snapshot.agents[agent]?.agent.model else { return }
        state.withLock { $0.circuits.note(model, at: time) }
    }

    /// A decision came to nothing: its task was in hand already.
    func takeBack(_ route: Route) {
        state.withLock { $0.inFlight[route.agentID, default: 1] -= 1 }
    }

    public func run() async throws {
        await repeatUntilShutdown(every: Self.refreshInterval, "looking at how agents do", logger: logger) {
            try await self.refresh()
        }
    }

    /// Looks at the record again.
    public func refresh() async throws {
        let table = try await store.statistics.table()
        let inFlight = try await store.routing.inFlight()
        var changes = state.withLock { $0.changes }
        let versions = try await changes.versions(of: directory.snapshot.agents.values, in: store)
        let standing = Standings(table, versions, at: Date())
        state.withLock { state in
            state.standing = standing
            state.changes = changes
            state.inFlight = inFlight
        }
    }
}
