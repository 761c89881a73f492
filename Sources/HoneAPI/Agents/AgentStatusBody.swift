public import Foundation
public import HoneCore
public import HoneStore

/// Whether an agent may be given work, and what it is at.
public struct AgentStatusBody: Codable, Sendable {
    /// What it is doing right now.
    public enum Activity: String, Codable, Sendable, CaseIterable { case idle, running, evaluating }

    /// Its latest attempt at a task.
    public struct LastExecution: Codable, Sendable {
        public var taskID: TaskID
        public var attempt: Int
        public var status: String
        @OrNull public var errorCode: ErrorCode?
        public var durationSeconds: Double
        @OrNull public var costUSD: Double?
        public var endedAt: Date

        enum CodingKeys: String, CodingKey {
            case attempt, status
            case taskID = "task_id"
            case errorCode = "error_code"
            case durationSeconds = "duration_seconds"
            case costUSD = "cost_usd"
            case endedAt = "ended_at"
        }

        public init(_ record: LastAttempt) {
            taskID = record.taskID
            attempt = record.attempt
            status = record.status
            errorCode = record.errorCode
            durationSeconds = record.durationSeconds
            costUSD = record.cost?.dollars
            endedAt = record.endedAt
        }
    }

    public struct ProductionPrompt: Codable, Sendable {
        public var id: PromptID
        public var version: String
        @OrNull public var since: Date?
    }

    public var agentID: AgentID
    public var lifecycle: AgentLifecycle
    public var activity: Activity
    public var inFlight: Int
    public var capacity: Int
    @OrNull public var lastExecution: LastExecution?
    @OrNull public var productionPrompt: ProductionPrompt?

    enum CodingKeys: String, CodingKey {
        case lifecycle, activity, capacity
        case agentID = "agent_id"
        case inFlight = "in_flight"
        case lastExecution = "last_execution"
        case productionPrompt = "production_prompt"
    }

    public init(
        _ stored: StoredAgent, inFlight: Int, isEvaluated: Bool, last: LastAttempt?, prompt: StoredPrompt?
    ) {
        agentID = stored.id
        lifecycle = stored.agent.lifecycle
        activity = isEvaluated ? .evaluating : inFlight > 0 ? .running : .idle
        self.inFlight = inFlight
        capacity = stored.agent.capacity
        lastExecution = last.map(LastExecution.init)
        productionPrompt = prompt.map {
            ProductionPrompt(id: $0.prompt.id, version: $0.prompt.version, since: $0.since)
        }
    }
}
