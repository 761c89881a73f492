public import HoneCore
public import HoneIntelligence

/// A task of which somebody wants to know who would get it. What does not matter to that may be said all the same.
public struct PreviewRequest: Codable, Sendable {
    public var input: JSONValue?
    public var category: Category?
    public var complexity: Int?
    public var priority: Int?
    public var constraints: TaskConstraints?
    public var pin: TaskPin?
    /// Agents that have failed it already.
    public var tried: [AgentID]?
    /// Of the policy's draws; a decision's own seed gives its draws again.
    public var seed: Int64?

    public func validate() throws(InvalidValue) {
        if let complexity, !(1...5).contains(complexity) {
            throw InvalidValue(path: "complexity", found: "\(complexity)", expected: "1 to 5")
        }
        if let priority, !(0...9).contains(priority) {
            throw InvalidValue(path: "priority", found: "\(priority)", expected: "0 to 9")
        }
    }

    public var routing: RoutingRequest {
        RoutingRequest(
            category: category, constraints: constraints ?? TaskConstraints(), pinnedAgent: pin?.agentID,
            requiredTools: constraints?.tools ?? [], tried: Set(tried ?? []))
    }
}

/// Who would get a task now, and why.
public struct PreviewBody: Codable, Sendable {
    public struct Candidate: Codable, Sendable {
        public var agentID: AgentID
        public var score: Double
        /// The chance that the policy picks it.
        public var propensity: Double

        enum CodingKeys: String, CodingKey {
            case score, propensity
            case agentID = "agent_id"
        }
    }

    public struct Excluded: Codable, Sendable {
        public var agentID: AgentID
        public var reason: String

        enum CodingKeys: String, CodingKey {
            case reason
            case agentID = "agent_id"
        }
    }

    /// Null when nobody can take it.
    @OrNull public var agentID: AgentID?
    @OrNull public var policy: String?
    public var candidates: [Candidate]
    public var excluded: [Excluded]
    public var reason: String
    @OrNull public var errorCode: ErrorCode?
    public var seed: Int64
    /// What the task was taken for; null: of no category.
    @OrNull public var category: Category?
    /// Null where the category was given; 0 where none was likely enough.
    @OrNull public var categoryConfidence: Double?
    @OrNull public var complexity: Int?

    enum CodingKeys: String, CodingKey {
        case policy, candidates, excluded, reason, seed, category, complexity
        case categoryConfidence = "category_confidence"
        case agentID = "agent_id"
        case errorCode = "error_code"
    }

    public init(
        _ outcome: Result<RoutingDecision, RoutingRefusal>, isPinned: Bool, seed: Int64, category: Category?,
        categoryConfidence: Double?, complexity: Int?
    ) {
        self.seed = seed
        self.category = category
        self.categoryConfidence = categoryConfidence
        self.complexity = complexity
        switch outcome {
        case .success(let decision):
            agentID = decision.chosen
            policy = isPinned ? "pinned" : decision.policy.rawValue
            candidates = decision.candidates.indices.map { index in
                Candidate(
                    agentID: decision.candidates[index], score: decision.scores[index],
                    propensity: decision.propensities[index])
            }
            excluded = decision.excluded.map { Excluded(agentID: $0.agent, reason: $0.why.description) }
            reason = decision.reason
        case .failure(let refusal):
            candidates = []
            excluded = refusal.excluded.map { Excluded(agentID: $0.agent, reason: $0.why.description) }
            reason = refusal.fault.message
            errorCode = refusal.code
        }
    }
}
