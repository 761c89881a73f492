public import HoneBus
public import HoneCore

/// One agent reviewed another's work.
public struct ReviewCompleted: Message {
    public static let type = "hone.review.completed.v1"
    public static let topic = Topic.reviewsCompleted

    public var taskID: TaskID
    public var evaluatedAgentID: AgentID
    public var evaluatorAgentID: AgentID
    /// 0…1, the mean of the criteria; nil when the reviewer could not say.
    public var score: Double?
    /// Per criterion, 0…1.
    public var criteria: [String: Double]
    public var feedback: String?

    public init(
        taskID: TaskID, evaluatedAgentID: AgentID, evaluatorAgentID: AgentID, score: Double?,
        criteria: [String: Double], feedback: String?
    ) {
        self.taskID = taskID
        self.evaluatedAgentID = evaluatedAgentID
        self.evaluatorAgentID = evaluatorAgentID
        self.score = score
        self.criteria = criteria
        self.feedback = feedback
    }

    public var partitionKey: String { taskID.description }

    enum CodingKeys: String, CodingKey {
        case score, criteria, feedback
        case taskID = "task_id"
        case evaluatedAgentID = "evaluated_agent_id"
        case evaluatorAgentID = "evaluator_agent_id"
    }

    public func validate() throws(InvalidValue) {
        guard evaluatedAgentID != evaluatorAgentID else {
            throw InvalidValue(
                path: "evaluator_agent_id", found: "\(evaluatorAgentID)",
                expected: "another agent than the evaluated one")
        }
        try Limits.range(score, "score", 0...1)
        for (name, value) in criteria {
            try Limits.range(value, "criteria.\(name)", 0...1)
        }
    }
}
