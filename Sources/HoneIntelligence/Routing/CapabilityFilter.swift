import HoneCore

/// Decides who may take a task at all.
struct CapabilityFilter {
    private let request: RoutingRequest
    private let allowed: Set<AgentID>?
    private let excluded: Set<AgentID>
    private let maximumCost: MicroUSD?

    init(_ request: RoutingRequest) {
        self.request = request
        allowed = request.pinnedAgent.map { [$0] } ?? request.constraints.agents.map(Set.init)
        excluded = Set(request.constraints.exclude ?? [])
        maximumCost = request.constraints.maxCost.map(MicroUSD.init(dollars:))
    }

    /// Why `candidate` cannot take the task; nil when it can. What it is comes before what the task allows, so that a
    /// constraint is blamed only where lifting it would help.
    func exclusion(of candidate: RoutingCandidate) -> Exclusion? {
        incapability(of: candidate.agent) ?? (candidate.isModelAvailable ? nil : .modelUnavailable)
            ?? constraint(on: candidate) ?? (request.tried.contains(candidate.id) ? .alreadyTried : nil)
    }

    private func incapability(of agent: Agent) -> Exclusion? {
        let isPinned = request.pinnedAgent == agent.id
        guard agent.roles.contains(.worker) else { return .notAWorker }
        guard agent.lifecycle == .live || (isPinned && Self.canBePinned(agent.lifecycle)) else {
            return .lifecycle(agent.lifecycle)
        }
        if let category = request.category, !isPinned, !agent.specialization.contains(category),
            !request.recommended.contains(agent.id)
        {
            return .otherSpecialization
        }
        guard !request.requiredTools.isEmpty else { return nil }
        let missing = request.requiredTools.filter { !agent.tools.contains($0) }
        return missing.isEmpty ? nil : .missingTools(missing)
    }

    private func constraint(on candidate: RoutingCandidate) -> Exclusion? {
        if let allowed, !allowed.contains(candidate.id) { return .notAllowed }
        if excluded.contains(candidate.id) { return .excluded }
        if let maximumCost, let likely = candidate.likelyCost, likely > maximumCost {
            return .tooExpensive(likely: likely)
        }
        if let longest = request.constraints.maxDuration, let likely = candidate.likelySeconds, likely > longest {
            return .tooSlow(likelySeconds: likely)
        }
        return nil
    }

    /// Trials of an optimization pin agents that others do not get yet.
    private static func canBePinned(_ lifecycle: AgentLifecycle) -> Bool {
        lifecycle == .dev || lifecycle == .optimizing
    }
}
