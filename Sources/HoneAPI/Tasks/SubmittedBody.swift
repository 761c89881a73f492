public import HoneCore

/// A task that was taken in, as it stands.
public struct SubmittedBody: Codable, Sendable {
    public var taskID: TaskID
    public var status: TaskStatus

    enum CodingKeys: String, CodingKey {
        case status
        case taskID = "task_id"
    }

    public init(taskID: TaskID, status: TaskStatus) {
        self.taskID = taskID
        self.status = status
    }
}
