import HoneCore

/// Routes tasks: filters the capable, believes their utility, lets the policy pick.
public struct RoutingPlan: Sendable {
    public let policy: any RoutingPolicy

    public init(policy: any RoutingPolicy = ThompsonSampling()) {
        self.policy = policy
    }

    /// The decision depends on nothing but its arguments, and not on the order of `agents`. Agents kept in order of id
    /// are routed fastest.
    public func decide(
        _ request: RoutingRequest, among agents: [RoutingCandidate], in context: RoutingContext, seed: Int64
    ) -> Result<RoutingDecision, RoutingRefusal> {
        // A pin leaves nobody else to give reasons for.
        let order = Self.orderByID(agents).filter { request.pinnedAgent == nil || agents[$0].id == request.pinnedAgent }
        if let refusal = Self.unknownAgents(request, agents) { return .failure(refusal) }
        let filter = CapabilityFilter(request)
        var capable: [Int] = []
        var excluded: [ExcludedAgent] = []
        for index in order {
            if let why = filter.exclusion(of: agents[index]) {
                excluded.append(ExcludedAgent(agent: agents[index].id, why: why))
            } else {
                capable.append(index)
            }
        }
        guard !capable.isEmpty else { return .failure(Self.refusal(excluded)) }
        setAside(&capable, &excluded, agents, context)
        return .success(pick(capable, excluded, agents, context, seed))
    }

    private func pick(
        _ capable: [Int], _ excluded: [ExcludedAgent], _ agents: [RoutingCandidate], _ context: RoutingContext,
        _ seed: Int64
    ) -> RoutingDecision {
        let beliefs = capable.map { UtilityBelief(agents[$0], in: context) }
        var generator = SeededGenerator(seed: seed)
        let choice = policy.choose(among: beliefs, turn: context.traffic.turn, using: &generator)
        let chosen = agents[capable[choice.index]]
        return RoutingDecision(
            chosen: chosen.id, candidates: capable.map { agents[$0].id }, scores: choice.scores,
            propensities: choice.propensities, policy: policy.name, seed: seed, excluded: excluded, beliefs: beliefs,
            isChosenOnProbation: chosen.isOnProbation,
            spendsProbationShare: chosen.isOnProbation && capable.contains { !agents[$0].isOnProbation })
    }

    /// Sets agents aside unless there is nobody else: those whose model does not answer, and those on probation while
    /// their share is used up.
    private func setAside(
        _ capable: inout [Int], _ excluded: inout [ExcludedAgent], _ agents: [RoutingCandidate],
        _ context: RoutingContext
    ) {
        setAside(.circuitOpen, &capable, &excluded, agents) { $0.isCircuitOpen }
        guard !context.traffic.admitsProbation else { return }
        setAside(.probationShare, &capable, &excluded, agents) { $0.isOnProbation }
    }

    private func setAside(
        _ why: Exclusion, _ capable: inout [Int], _ excluded: inout [ExcludedAgent], _ agents: [RoutingCandidate],
        where isUnwanted: (RoutingCandidate) -> Bool
    ) {
        let wanted = capable.filter { !isUnwanted(agents[$0]) }
        guard !wanted.isEmpty, wanted.count < capable.count else { return }
        for index in capable where isUnwanted(agents[index]) {
            excluded.append(ExcludedAgent(agent: agents[index].id, why: why))
        }
        excluded.sort { $0.agent < $1.agent }
        capable = wanted
    }

    private static func orderByID(_ agents: [RoutingCandidate]) -> [Int] {
        let isOrdered = zip(agents, agents.dropFirst()).allSatisfy { $0.id < $1.id }
        return isOrdered ? Array(agents.indices) : agents.indices.sorted { agents[$0].id < agents[$1].id }
    }

    /// A pin to an agent that does not exist, or an allow-list of nothing but such agents.
    private static func unknownAgents(_ request: RoutingRequest, _ agents: [RoutingCandidate]) -> RoutingRefusal? {
        guard let named = request.pinnedAgent.map({ [$0] }) ?? request.constraints.agents, !named.isEmpty else {
            return nil
        }
        let known = Set(named).intersection(agents.lazy.map(\.id))
        return known.isEmpty ? RoutingRefusal(code: .unknownAgent, excluded: [], unknown: named) : nil
    }

    private static func refusal(_ excluded: [ExcludedAgent]) -> RoutingRefusal {
        let isByConstraint =
            excluded.contains { $0.why.isByConstraint } && !excluded.contains { $0.why == .alreadyTried }
        return RoutingRefusal(
            code: isByConstraint ? .constraintUnsatisfiable : .noCapableAgent, excluded: excluded, unknown: [])
    }
}
