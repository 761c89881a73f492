public import HoneBus
public import HoneCore

/// A finished task has its scores.
public struct EvaluationCompleted: Message {
    public static let type = "hone.evaluation.completed.v1"
    public static let topic = Topic.evaluationsCompleted

    /// Who scored: a check, or a judging model.
    public struct Evaluator: Hashable, Sendable, Codable {
        public enum Kind: String, Codable, Sendable, CaseIterable { case check, judge }
        public var kind: Kind
        public var model: ModelID?

        public init(kind: Kind, model: ModelID? = nil) {
            self.kind = kind
            self.model = model
        }
    }

    public var taskID: TaskID
    public var agentID: AgentID
    public var promptID: PromptID?
    public var category: Category?
    public var complexity: Int?
    public var scores: Scores
    /// nil when it is unknown.
    public var passed: Bool?
    public var feedback: String?
    public var evaluator: Evaluator
    public var costUSD: Double?
    public var durationSeconds: Double
    public var costPerQualityPoint: Double?
    public var experimentID: ExperimentID?

    public init(
        taskID: TaskID, agentID: AgentID, promptID: PromptID?, category: Category?, complexity: Int?,
        scores: Scores, passed: Bool?, feedback: String?, evaluator: Evaluator, costUSD: Double?,
        durationSeconds: Double, costPerQualityPoint: Double?, experimentID: ExperimentID? = nil
    ) {
        self.taskID = taskID
        self.agentID = agentID
        self.promptID = promptID
        self.category = category
        self.complexity = complexity
        self.scores = scores
        self.passed = passed
        self.feedback = feedback
        self.evaluator = evaluator
        self.costUSD = costUSD
        self.durationSeconds = durationSeconds
        self.costPerQualityPoint = costPerQualityPoint
        self.experimentID = experimentID
    }

    public var partitionKey: String { taskID.description }

    enum CodingKeys: String, CodingKey {
        case category, complexity, scores, passed, feedback, evaluator
        case taskID = "task_id"
        case agentID = "agent_id"
        case promptID = "prompt_id"
        case costUSD = "cost_usd"
        case durationSeconds = "duration_seconds"
        case costPerQualityPoint = "cost_per_quality_point"
        case experimentID = "experiment_id"
    }

    public func validate() throws(InvalidValue) {
        try Limits.range(scores.accuracy, "scores.accuracy", 0...1)
        try Limits.range(scores.relevance, "scores.relevance", 0...1)
        try Limits.range(scores.completeness, "scores.completeness", 0...1)
        try Limits.range(scores.efficiency, "scores.efficiency", 0...1)
        try Limits.range(scores.overall, "scores.overall", 0...1)
    }
}
