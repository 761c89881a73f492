public import HoneCore

/// An agent as the router sees it for one category.
public struct RoutingCandidate: Hashable, Sendable {
    public var agent: Agent
    /// Its quality in the category.
    public var quality: QualityEstimate
    /// nil until known; then the reference is assumed.
    public var expectedCost: MicroUSD?
    public var expectedSeconds: Double?
    /// The 75th percentiles in the category; nil until known, and then no constraint excludes the agent.
    public var likelyCost: MicroUSD?
    public var likelySeconds: Double?
    /// Tasks it is at work on.
    public var inFlight: Int
    public var isOnProbation: Bool
    /// False when its model is unknown, and no fallback is there.
    public var isModelAvailable: Bool
    /// Whether its model has not answered lately.
    public var isCircuitOpen: Bool

    public init(
        agent: Agent, quality: QualityEstimate, expectedCost: MicroUSD? = nil, expectedSeconds: Double? = nil,
        likelyCost: MicroUSD? = nil, likelySeconds: Double? = nil, inFlight: Int = 0, isOnProbation: Bool = false,
        isModelAvailable: Bool = true, isCircuitOpen: Bool = false
    ) {
        self.agent = agent
        self.quality = quality
        self.expectedCost = expectedCost
        self.expectedSeconds = expectedSeconds
        self.likelyCost = likelyCost
        self.likelySeconds = likelySeconds
        self.inFlight = inFlight
        self.isOnProbation = isOnProbation
        self.isModelAvailable = isModelAvailable
        self.isCircuitOpen = isCircuitOpen
    }

    public var id: AgentID { agent.id }
}

/// What all agents are measured against, and what the category's traffic was.
public struct RoutingContext: Hashable, Sendable {
    public var reference: EfficiencyReference
    public var weights: UtilityWeights
    public var traffic: CategoryTraffic

    public init(
        reference: EfficiencyReference, weights: UtilityWeights = .standard,
        traffic: CategoryTraffic = CategoryTraffic()
    ) {
        self.reference = reference
        self.weights = weights
        self.traffic = traffic
    }
}
