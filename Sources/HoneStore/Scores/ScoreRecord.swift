public import Foundation
public import HoneCore
public import Postgres

/// The scores of one task, as they are kept.
public struct ScoreRecord: Sendable, Decodable, Hashable {
    /// Who scored: a check, a judging model, or nobody yet.
    public enum EvaluatorKind: String, Sendable, Codable, CaseIterable, PostgresEncodable {
        case check, judge, none
    }

    public var taskID: TaskID
    public var agentID: AgentID
    public var attempt: Int
    public var promptID: PromptID?
    public var category: HoneCore.Category?
    public var complexity: Int?
    public var scores: Scores
    public var weights: ScoreWeights
    public var formulaVersion: Int
    public var passed: Bool?
    public var feedback: String?
    public var evaluatorKind: EvaluatorKind
    public var evaluatorModel: ModelID?
    /// A judge's verdict is still to come.
    public var awaitsJudgement: Bool
    public var totalTokens: Int
    public var cost: MicroUSD?
    public var costPerQualityPoint: Double?
    public var model: ModelID?
    public var temperature: Double?
    public var durationSeconds: Double
    public var experimentID: ExperimentID?
    /// Nil lets the database's clock say.
    public var createdAt: Date?
    /// Read only: the last rating of a person, written through ``Feedback``.
    public internal(set) var userRating: Int?

    public init(
        taskID: TaskID, agentID: AgentID, attempt: Int, promptID: PromptID? = nil, category: HoneCore.Category?,
        complexity: Int?, scores: Scores, weights: ScoreWeights = .standard, formulaVersion: Int, passed: Bool?,
        feedback: String? = nil, evaluatorKind: EvaluatorKind, evaluatorModel: ModelID? = nil,
        awaitsJudgement: Bool = false, totalTokens: Int, cost: MicroUSD?, costPerQualityPoint: Double?,
        model: ModelID?, temperature: Double? = nil, durationSeconds: Double, experimentID: ExperimentID? = nil,
        createdAt: Date? = nil
    ) {
        self.taskID = taskID
        self.agentID = agentID
        self.attempt = attempt
        self.promptID = promptID
        self.category = category
        self.complexity = complexity
        self.scores = scores
        self.weights = weights
        self.formulaVersion = formulaVersion
        self.passed = passed
        self.feedback = feedback
        self.evaluatorKind = evaluatorKind
        self.evaluatorModel = evaluatorModel
        self.awaitsJudgement = awaitsJudgement
        self.totalTokens = totalTokens
        self.cost = cost
        self.costPerQualityPoint = costPerQualityPoint
        self.model = model
        self.temperature = temperature
        self.durationSeconds = durationSeconds
        self.experimentID = experimentID
        self.createdAt = createdAt
    }
}

/// What became of a batch of scores.
public struct ScoreInsertion: Sendable {
    /// The tasks that had none before.
    public var inserted: Set<TaskID>
    /// What stands for every task of the batch, new or not, so that follow-ups are published identically.
    public var stored: [TaskID: ScoreRecord]
}

/// A judge's verdict on its way into a score.
public struct ScoreJudgement: Sendable {
    public var taskID: TaskID
    public var scores: Scores
    public var passed: Bool?
    public var feedback: String?
    public var model: ModelID
    public var costPerQualityPoint: Double?

    public init(
        taskID: TaskID, scores: Scores, passed: Bool?, feedback: String?, model: ModelID, costPerQualityPoint: Double?
    ) {
        self.taskID = taskID
        self.scores = scores
        self.passed = passed
        self.feedback = feedback
        self.model = model
        self.costPerQualityPoint = costPerQualityPoint
    }
}
