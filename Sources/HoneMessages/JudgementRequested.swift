public import HoneBus
public import HoneCore

/// A model's opinion of a finished task is wanted.
public struct JudgementRequested: Message {
    public static let type = "hone.judgement.requested.v1"
    public static let topic = Topic.judgementsRequested

    /// What the verdict is for.
    public enum Purpose: String, Codable, Sendable, CaseIterable {
        /// It becomes the task's score.
        case score
        /// The truth is known from a check; the verdict only shows how well the judge agrees with it.
        case calibration
        /// The same work judged again, to measure the judge's own noise.
        case `repeat`
    }

    public var taskID: TaskID
    public var purpose: Purpose

    public init(taskID: TaskID, purpose: Purpose) {
        self.taskID = taskID
        self.purpose = purpose
    }

    public var partitionKey: String { taskID.description }

    enum CodingKeys: String, CodingKey {
        case purpose
        case taskID = "task_id"
    }
}
