public import HoneBus
public import HoneCore

/// Something moved that people may be watching. Capped and lossy by design: never a source of truth.
public struct ProgressMade: Message {
    public static let type = "hone.progress.v1"
    public static let topic = Topic.progress

    public enum Subject: String, Codable, Sendable, CaseIterable { case task, optimization, evaluation, session }
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case state, token, node, score, generation, metric, done, error
    }

    public var subject: Subject
    public var subjectID: String
    public var agentID: AgentID?
    public var kind: Kind
    public var message: String?
    /// 0…1, where it is known.
    public var fraction: Double?
    public var data: JSONValue?

    public init(
        subject: Subject, subjectID: String, agentID: AgentID? = nil, kind: Kind, message: String? = nil,
        fraction: Double? = nil, data: JSONValue? = nil
    ) {
        self.subject = subject
        self.subjectID = subjectID
        self.agentID = agentID
        self.kind = kind
        self.message = message
        self.fraction = fraction
        self.data = data
    }

    public var partitionKey: String { subjectID }

    enum CodingKeys: String, CodingKey {
        case subject, kind, message, fraction, data
        case subjectID = "subject_id"
        case agentID = "agent_id"
    }
}

extension ProgressMade {
    /// What happened in one attempt at a task.
    public init(
        _ assignment: TaskAssigned, _ kind: Kind, _ message: String, data: [String: JSONValue] = [:]
    ) {
        var data = data
        data["attempt"] = .integer(Int64(assignment.attempt))
        self.init(
            subject: .task, subjectID: assignment.taskID.description, agentID: assignment.agentID, kind: kind,
            message: message, data: .object(data))
    }

    /// The attempt at a task that this tells of.
    public var attempt: Int? { data?["attempt"]?.int }

    /// Whether the task that this tells of is over: nothing more will be done for it, though it may still be scored.
    public var endsTask: Bool {
        guard subject == .task else { return false }
        switch kind {
        case .done: return true
        case .error: return data?["final"]?.bool ?? true
        case .state: return message.flatMap(TaskStatus.init)?.isTerminal ?? false
        case .token, .node, .score, .generation, .metric: return false
        }
    }
}
