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
    /// False when its model is unknown or its endpoint's circuit is open, and no fallback is there.
    public var isModelAvailable: Bool

    public init(
        agent: Agent, quality: QualityEstimate, expectedCost: MicroUSD? = nil, expectedSeconds: Double? = nil,
        likelyCost: MicroUSD? = nil, likelySeconds: Double? = nil, inFlight: Int = 0, isOnProbation: Bool = false,
        isModelAvailable: Bool = true
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
    }

    public var id: AgentID { agent.id }
}

/// What all agents are measured against, and what the category's traffic was.
public struct RoutingContext: Hashable, Sendable {
    public var reference: EfficiencyReference
    public var weights: UtilityWeights
    /// Tasks of the category that were routed so far, and those among them that went to agents on probation.
    public var routed: Int
    public var routedToProbation: Int

    public init(
        reference: EfficiencyReference, weights: UtilityWeights = .standard, routed: Int = 0, routedToProbation: Int = 0
    ) {
        self.reference = reference
        self.weights = weights
        self.routed = routed
        self.routedToProbation = routedToProbation
    }

    /// The most of a category's traffic that agents on probation get.
    public static let probationShare = 0.2

    /// Whether one more task may go to an agent on probation.
    public var admitsProbation: Bool {
        Double(routedToProbation + 1) <= Self.probationShare * Double(routed + 1)
    }
}
