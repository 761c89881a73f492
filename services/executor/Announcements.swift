import HoneCore
import HoneMessages
import HoneStore

extension TaskCompleted {
    init(_ record: ExecutionRecord, output: JSONValue) {
        self.init(
            taskID: record.taskID, agentID: record.agentID, promptID: record.promptID, model: record.model,
            attempt: record.attempt, output: output, nodes: record.nodes, toolCalls: record.toolCalls,
            usage: record.usage, costUSD: record.cost?.dollars, durationSeconds: record.durationSeconds,
            timeToFirstTokenSeconds: record.timeToFirstTokenSeconds, finishReason: record.finishReason)
    }
}

extension TaskFailed {
    init(_ record: ExecutionRecord, fault: TaskFault) {
        self.init(
            taskID: record.taskID, agentID: record.agentID, attempt: record.attempt, error: fault,
            usage: record.usage, costUSD: record.cost?.dollars, durationSeconds: record.durationSeconds,
            final: record.isFinalFailure)
    }
}
