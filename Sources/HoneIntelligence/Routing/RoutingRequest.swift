public import HoneCore

/// What the router knows of a task when it looks for an agent.
public struct RoutingRequest: Hashable, Sendable {
    /// nil when the task has none yet; then every specialisation will do.
    public var category: Category?
    public var constraints: TaskConstraints
    /// The only agent wanted; its specialisation is not asked for.
    public var pinnedAgent: AgentID?
    public var requiredTools: [String]
    /// Agents that the category's template recommends.
    public var recommended: Set<AgentID>
    /// Agents that have failed this task already.
    public var tried: Set<AgentID>

    public init(
        category: Category?, constraints: TaskConstraints = .init(), pinnedAgent: AgentID? = nil,
        requiredTools: [String] = [], recommended: Set<AgentID> = [], tried: Set<AgentID> = []
    ) {
        self.category = category
        self.constraints = constraints
        self.pinnedAgent = pinnedAgent
        self.requiredTools = requiredTools
        self.recommended = recommended
        self.tried = tried
    }
}
