public import Foundation
public import HoneBus
public import HoneCore

/// Somebody wants work done. The only message that most external systems ever write.
public struct TaskSubmitted: Message {
    public static let type = "hone.task.submitted.v1"
    public static let topic = Topic.tasksSubmitted

    /// A string, or an object whose members the prompt may name.
    public var input: JSONValue
    /// Absent: derived from the message's id.
    public var taskID: TaskID?
    /// Absent: the router classifies.
    public var category: Category?
    /// 1 (trivial) to 5.
    public var complexity: Int?
    /// 0 to 9; absent: 5.
    public var priority: Int?
    public var deadline: Date?
    public var constraints: TaskConstraints?
    public var expected: Expectation?
    public var pin: TaskPin?
    public var userID: String?
    public var sessionID: String?
    /// Handed back untouched.
    public var metadata: JSONValue?
    /// The stream that gets the result.
    public var replyTo: String?
    public var experimentID: ExperimentID?
    public var parentTaskID: TaskID?
    public var unknown: [String: JSONValue] = [:]

    public init(
        input: JSONValue, taskID: TaskID? = nil, category: Category? = nil, complexity: Int? = nil,
        priority: Int? = nil, deadline: Date? = nil, constraints: TaskConstraints? = nil,
        expected: Expectation? = nil, pin: TaskPin? = nil, metadata: JSONValue? = nil, replyTo: String? = nil
    ) {
        self.input = input
        self.taskID = taskID
        self.category = category
        self.complexity = complexity
        self.priority = priority
        self.deadline = deadline
        self.constraints = constraints
        self.expected = expected
        self.pin = pin
        self.metadata = metadata
        self.replyTo = replyTo
    }

    public static let defaultPriority = 5

    public var lane: Lane { Lane(priority: priority ?? Self.defaultPriority) }
    public var partitionKey: String { taskID?.description ?? "" }
}

extension TaskSubmitted {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case input, category, complexity, priority, deadline, constraints, expected, pin, metadata
        case taskID = "task_id"
        case userID = "user_id"
        case sessionID = "session_id"
        case replyTo = "reply_to"
        case experimentID = "experiment_id"
        case parentTaskID = "parent_task_id"
    }

    static let knownFields = Set(CodingKeys.allCases.map(\.rawValue))

    public init(from decoder: any Decoder) throws {
        try self.init(from: decoder, knownFields: Self.knownFields)
    }

    init(from decoder: any Decoder, knownFields: Set<String>) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        input = try container.decode(JSONValue.self, forKey: .input)
        taskID = try container.decodeIfPresent(TaskID.self, forKey: .taskID)
        category = try container.decodeIfPresent(Category.self, forKey: .category)
        complexity = try container.decodeIfPresent(Int.self, forKey: .complexity)
        priority = try container.decodeIfPresent(Int.self, forKey: .priority)
        deadline = try container.decodeIfPresent(Date.self, forKey: .deadline)
        constraints = try container.decodeIfPresent(TaskConstraints.self, forKey: .constraints)
        expected = try container.decodeIfPresent(Expectation.self, forKey: .expected)
        pin = try container.decodeIfPresent(TaskPin.self, forKey: .pin)
        userID = try container.decodeIfPresent(String.self, forKey: .userID)
        sessionID = try container.decodeIfPresent(String.self, forKey: .sessionID)
        metadata = try container.decodeIfPresent(JSONValue.self, forKey: .metadata)
        replyTo = try container.decodeIfPresent(String.self, forKey: .replyTo)
        experimentID = try container.decodeIfPresent(ExperimentID.self, forKey: .experimentID)
        parentTaskID = try container.decodeIfPresent(TaskID.self, forKey: .parentTaskID)
        unknown = try UnknownFields.decode(from: decoder, except: knownFields)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(input, forKey: .input)
        try container.encodeIfPresent(taskID, forKey: .taskID)
        try container.encodeIfPresent(category, forKey: .category)
        try container.encodeIfPresent(complexity, forKey: .complexity)
        try container.encodeIfPresent(priority, forKey: .priority)
        try container.encodeIfPresent(deadline, forKey: .deadline)
        try container.encodeIfPresent(constraints, forKey: .constraints)
        try container.encodeIfPresent(expected, forKey: .expected)
        try container.encodeIfPresent(pin, forKey: .pin)
        try container.encodeIfPresent(userID, forKey: .userID)
        try container.encodeIfPresent(sessionID, forKey: .sessionID)
        try container.encodeIfPresent(metadata, forKey: .metadata)
        try container.encodeIfPresent(replyTo, forKey: .replyTo)
        try container.encodeIfPresent(experimentID, forKey: .experimentID)
        try container.encodeIfPresent(parentTaskID, forKey: .parentTaskID)
        try UnknownFields.encode(unknown, to: encoder)
    }

    public func validate() throws(InvalidValue) {
        guard input.string.map({ !$0.isEmpty }) ?? (input.object != nil) else {
            throw InvalidValue(
                path: "input", found: InvalidValue.summary(of: input),
                expected: "a text that is not empty, or an object")
        }
        try Limits.range(complexity, "complexity", 1...5)
        try Limits.range(priority, "priority", 0...9)
        try Limits.atLeastZero(constraints?.maxCost, "constraints.max_cost")
        try Limits.atLeastZero(constraints?.maxDuration, "constraints.max_duration")
        try Limits.range(constraints?.maxTokens, "constraints.max_tokens", 1...10_000_000)
        try Limits.range(pin?.temperature, "pin.temperature", 0...2)
        try Limits.range(pin?.stop?.count, "pin.stop", 0...16)
        try Limits.object(metadata, "metadata")
        try Limits.length(userID, "user_id", atMost: 256)
        try Limits.length(sessionID, "session_id", atMost: 256)
        try Limits.length(replyTo, "reply_to", atMost: 256)
    }
}
