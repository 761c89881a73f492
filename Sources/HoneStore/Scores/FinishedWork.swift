public import Foundation
public import HoneCore

/// A task and the attempt that did it: all that an evaluator or reviewer needs, in one row.
public struct FinishedWork: Sendable, Decodable {
    public var taskID: TaskID
    public var status: TaskStatus
    public var attempt: Int
    public var agentID: AgentID
    public var promptID: PromptID?
    /// The model that answered.
    public var model: ModelID?
    public var temperature: Double?
    public var category: HoneCore.Category?
    public var complexity: Int?
    public var priority: Int
    public var input: JSONValue
    public var output: JSONValue
    public var expected: Expectation?
    public var inputTokens: Int
    public var outputTokens: Int
    /// Nil when the model's price is not known.
    public var costMicroUsd: MicroUSD?
    public var durationSeconds: Double
    public var experimentID: ExperimentID?
    public var userID: String?
    public var replyTo: String?
    public var traceparent: String?
    public var metadata: JSONValue?
    public var createdAt: Date
    public var finishedAt: Date?

    public var cost: MicroUSD? { costMicroUsd }

    /// With what the case says that its input names.
    func opened(_ item: TrialCase) -> FinishedWork {
        guard CaseReference(input) == item.reference else { return self }
        var work = self
        work.input = item.input
        work.expected = item.expected
        return work
    }
}
