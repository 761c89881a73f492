public import HoneCore

/// How a prompt is to come into production.
public struct ApprovalRequest: Codable, Sendable {
    /// Of the agent's tasks, above 0 and up to 1; as set (`HONE_CANARY_SHARE`) when it is nil.
    public var share: Double?
    /// Although its gate is stale; takes a reason.
    public var force: Bool?
    public var reason: String?

    public init() {}
}

/// Which search's best prompt goes into production, and how: this one, else the latest completed one.
public struct DeployRequest: Codable, Sendable {
    public var optimizationID: OptimizationID?
    public var share: Double?
    public var force: Bool?
    public var reason: String?

    enum CodingKeys: String, CodingKey {
        case share, force, reason
        case optimizationID = "optimization_id"
    }

    public init() {}
}
