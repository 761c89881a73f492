public import Foundation
public import HoneCore
public import Postgres

public enum EvaluationSubject {}
public typealias EvaluationID = Identifier<EvaluationSubject>

/// What an evaluation is to later ones.
public enum EvaluationKind: String, Sendable, Codable, CaseIterable, PostgresEncodable {
    case regular, baseline, optimized
}

public enum EvaluationStatus: String, Sendable, Codable, CaseIterable, PostgresEncodable {
    case running, completed, failed, cancelled
}

/// An agent's way through a benchmark.
public struct EvaluationRecord: Sendable, Decodable {
    public var id: EvaluationID
    public var agentID: AgentID
    public var promptID: PromptID?
    public var benchmarkID: String?
    /// What its tasks are trials of: they count in no statistics.
    public var experimentID: ExperimentID?
    public var kind: EvaluationKind
    /// What it becomes when it is completed.
    public var wantedKind: EvaluationKind
    public var status: EvaluationStatus
    public var split: BenchmarkSplit?
    public var cases: Int
    /// Of the cases about which something could be said; nil while none is.
    public var passRate: Double?
    /// Mean overall score of the cases that have one.
    public var avgConfidence: Double?
    /// One per case once it is over.
    public var results: [CaseResult]?
    public var requestedBy: String
    public var errorMessage: String?
    public var createdAt: Date
    public var completedAt: Date?
}

/// How one case of an evaluation went.
public struct CaseResult: Sendable, Codable, Hashable {
    public var caseID: String
    public var taskID: TaskID
    public var status: TaskStatus
    /// Nil while nobody can say.
    public var passed: Bool?
    public var score: Double?
    public var errorCode: ErrorCode?
    /// Dollars; nil while the price is not known.
    public var costUSD: Double?
    public var durationSeconds: Double?
    /// Whether nothing more is to come.
    public var isOver: Bool

    public init(
        caseID: String, taskID: TaskID, status: TaskStatus, passed: Bool? = nil, score: Double? = nil,
        errorCode: ErrorCode? = nil, costUSD: Double? = nil, durationSeconds: Double? = nil, isOver: Bool
    ) {
        self.caseID = caseID
        self.taskID = taskID
        self.status = status
        self.passed = passed
        self.score = score
        self.errorCode = errorCode
        self.costUSD = costUSD
        self.durationSeconds = durationSeconds
        self.isOver = isOver
    }

    enum CodingKeys: String, CodingKey {
        case status, passed, score
        case caseID = "case_id"
        case taskID = "task_id"
        case errorCode = "error_code"
        case costUSD = "cost_usd"
        case durationSeconds = "duration_seconds"
        case isOver = "is_over"
    }

    /// What is not known is `null`, so that every case has the same shape.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(caseID, forKey: .caseID)
        try fields.encode(taskID, forKey: .taskID)
        try fields.encode(status, forKey: .status)
        try fields.encode(passed, forKey: .passed)
        try fields.encode(score, forKey: .score)
        try fields.encode(errorCode, forKey: .errorCode)
        try fields.encode(costUSD, forKey: .costUSD)
        try fields.encode(durationSeconds, forKey: .durationSeconds)
        try fields.encode(isOver, forKey: .isOver)
    }
}

/// An evaluation on its way into the record, with the tasks that it is made of.
public struct NewEvaluation: Sendable {
    public var id: EvaluationID
    public var agentID: AgentID
    public var promptID: PromptID
    public var benchmarkID: String
    public var split: BenchmarkSplit?
    public var kind: EvaluationKind
    public var requestedBy: String
    /// Each case with the task that works on it.
    public var cases: [(caseID: String, submission: Submission)]

    public init(
        id: EvaluationID, agentID: AgentID, promptID: PromptID, benchmarkID: String, split: BenchmarkSplit?,
        kind: EvaluationKind, requestedBy: String, cases: [(caseID: String, submission: Submission)]
    ) {
        self.id = id
        self.agentID = agentID
        self.promptID = promptID
        self.benchmarkID = benchmarkID
        self.split = split
        self.kind = kind
        self.requestedBy = requestedBy
        self.cases = cases
    }

    /// What its tasks are trials of.
    public static func experiment(of id: EvaluationID) -> ExperimentID { ExperimentID(derivedFrom: id, "experiment") }
}
