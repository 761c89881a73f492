public import HoneBus
public import HoneCore

/// An agent is to do this task now.
public struct TaskAssigned: Message {
    public static let type = "hone.task.assigned.v1"
    public static let topic = Topic.tasksAssigned

    /// The task as it was submitted, with its id and category settled.
    public var task: TaskSubmitted
    public var taskID: TaskID
    public var agentID: AgentID
    public var promptID: PromptID?
    /// Counts from 1; the fencing token of everything that this assignment brings about.
    public var attempt: Int
    public var routingDecisionID: RoutingDecisionID

    public init(
        task: TaskSubmitted, taskID: TaskID, agentID: AgentID, promptID: PromptID?, attempt: Int,
        routingDecisionID: RoutingDecisionID
    ) {
        self.task = task
        self.task.taskID = taskID
        self.taskID = taskID
        self.agentID = agentID
        self.promptID = promptID
        self.attempt = attempt
        self.routingDecisionID = routingDecisionID
    }

    public var lane: Lane { task.lane }
    public var partitionKey: String { taskID.description }
}

extension TaskAssigned {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case attempt
        case taskID = "task_id"
        case agentID = "agent_id"
        case promptID = "prompt_id"
        case routingDecisionID = "routing_decision_id"
    }

    private static let knownFields = TaskSubmitted.knownFields.union(CodingKeys.allCases.map(\.rawValue))

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        task = try TaskSubmitted(from: decoder, knownFields: Self.knownFields)
        taskID = try container.decode(TaskID.self, forKey: .taskID)
        agentID = try container.decode(AgentID.self, forKey: .agentID)
        promptID = try container.decodeIfPresent(PromptID.self, forKey: .promptID)
        attempt = try container.decode(Int.self, forKey: .attempt)
        routingDecisionID = try container.decode(RoutingDecisionID.self, forKey: .routingDecisionID)
    }

    public func encode(to encoder: any Encoder) throws {
        try task.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(agentID, forKey: .agentID)
        try container.encodeIfPresent(promptID, forKey: .promptID)
        try container.encode(attempt, forKey: .attempt)
        try container.encode(routingDecisionID, forKey: .routingDecisionID)
    }

    public func validate() throws(InvalidValue) {
        try task.validate()
        try Limits.range(attempt, "attempt", 1...1_000)
    }
}
