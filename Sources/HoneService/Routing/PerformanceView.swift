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
        var standing = Standings()
        var inFlight: [AgentID: Int] = [:]
        var traffic: [HoneCore.Category?: Traffic] = [:]
    }

    private struct Traffic {
        var routed = 0
        var routedToProbation = 0
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
        let known = directory.snapshot
        return state.withLock { state in
            let agents = known.agents.values.sorted { $0.id < $1.id }
            let candidates = agents.map { agent in
                let effort = category.flatMap { efforts.effort(of: agent.id, in: $0) }
                var candidate = state.standing.candidate(agent, category, effort)
                candidate.inFlight = state.inFlight[agent.id] ?? 0
                candidate.isModelAvailable = agent.agent.model.map(directory.models.isAvailable) ?? false
                return candidate
            }
            let traffic = state.traffic[category] ?? Traffic()
            let context = RoutingContext(
                reference: efforts.reference(category, complexity: complexity), routed: traffic.routed,
                routedToProbation: traffic.routedToProbation)
            return (candidates, context)
        }
    }

    /// Counts a decision at once, so that a burst spreads before the next refresh. While all who can do the work are on
    /// probation, their share of it says nothing and is not held against them later.
    public func count(
        _ decision: RoutingDecision, in category: HoneCore.Category?, among candidates: [RoutingCandidate]
    ) {
        let capable = Set(decision.candidates)
        let hadChoice = candidates.contains { !$0.isOnProbation && capable.contains($0.id) }
        state.withLock { state in
            state.inFlight[decision.chosen, default: 0] += 1
            state.traffic[category, default: Traffic()].routed += 1
            if decision.isChosenOnProbation, hadChoice {
                state.traffic[category, default: Traffic()].routedToProbation += 1
            }
        }
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
        let now = Date()
        let table = try await store.statistics.table()
        let inFlight = try await store.routing.inFlight()
        let standing = Standings(table, at: now)
        state.withLock { state in
            state.standing = standing
            state.inFlight = inFlight
        }
    }
}
