public import Foundation
public import HoneCore

/// A trial on record, and the task that does it.
public struct EnteredTrial: Sendable, Decodable {
    public var key: TrialKey
    public var taskID: TaskID
    public var submissionID: UUID
    public var experimentID: ExperimentID
    public var tries: Int
    /// Its message may not have been sent, or not been heard.
    public var isWaiting: Bool

    private enum CodingKeys: String, CodingKey {
        case taskID, submissionID, experimentID, tries, isWaiting
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        key = try TrialKey(from: decoder)
        taskID = try fields.decode(TaskID.self, forKey: .taskID)
        submissionID = try fields.decode(UUID.self, forKey: .submissionID)
        experimentID = try fields.decode(ExperimentID.self, forKey: .experimentID)
        tries = try fields.decode(Int.self, forKey: .tries)
        isWaiting = try fields.decode(Bool.self, forKey: .isWaiting)
    }
}

/// A trial's task that is over. What was asked and answered is not in it; of a sealed case, nor are its scores.
public struct TrialEnding: Sendable, Decodable {
    public var taskID: TaskID
    public var status: TaskStatus
    public var errorCode: ErrorCode?
    public var errorMessage: String?
    public var accuracy: Double?
    public var relevance: Double?
    public var completeness: Double?
    /// Nil while nobody can say.
    public var passed: Bool?
    /// Why the judge did not say anything, where no budget paid it.
    public var awaitsJudgement: Bool
    public var feedback: String?
    /// What the answer cost; nil when its model's price is not known.
    public var cost: MicroUSD?
    /// What all of it cost, as far as prices are known: every attempt, and the judge.
    public var spent: MicroUSD
    public var durationSeconds: Double?

    public var scores: Scores { Scores(accuracy: accuracy, relevance: relevance, completeness: completeness) }
}

/// What is kept of a trial that is over.
public struct TrialEntry: Sendable {
    public var taskID: TaskID
    public var passed: Bool?
    public var score: Double?
    public var cost: MicroUSD?
    public var durationSeconds: Double?
    public var fault: TaskFault?

    public init(
        taskID: TaskID, passed: Bool?, score: Double?, cost: MicroUSD?, durationSeconds: Double?, fault: TaskFault?
    ) {
        self.taskID = taskID
        self.passed = passed
        self.score = score
        self.cost = cost
        self.durationSeconds = durationSeconds
        self.fault = fault
    }
}
