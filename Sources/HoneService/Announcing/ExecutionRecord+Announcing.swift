public import HoneBus
import HoneCore
public import HoneMessages
public import HoneStore

extension TaskCompleted {
    fileprivate init(_ record: ExecutionRecord, output: JSONValue) {
        self.init(
            taskID: record.taskID, agentID: record.agentID, promptID: record.promptID, model: record.model,
            attempt: record.attempt, output: output, nodes: record.nodes, toolCalls: record.toolCalls,
            usage: record.usage, costUSD: record.cost?.dollars, durationSeconds: record.durationSeconds,
            timeToFirstTokenSeconds: record.timeToFirstTokenSeconds, finishReason: record.finishReason)
    }
}

extension TaskFailed {
    fileprivate init(_ record: ExecutionRecord, fault: TaskFault) {
        self.init(
            taskID: record.taskID, agentID: record.agentID, attempt: record.attempt, error: fault,
            usage: record.usage, costUSD: record.cost?.dollars, durationSeconds: record.durationSeconds,
            final: record.isFinalFailure)
    }
}

extension ExecutionRecord {
    /// The message that tells what became of the attempt. The same record always gives the same message.
    public func announcement(causedBy traceparent: String?) throws -> Publication {
        switch result {
        case .completed(let output):
            try Publication(
                TaskCompleted(self, output: output), id: TaskCompleted.id(of: taskID, attempt: attempt),
                causedBy: traceparent)
        case .failed(let fault, _):
            try Publication(
                TaskFailed(self, fault: fault), id: TaskFailed.id(of: taskID, attempt: attempt), causedBy: traceparent)
        }
    }

    /// What the publisher of `task` is told where the attempt ended it without a result; nil where it did not, or nobody
    /// asked for a reply.
    public func reply(to task: TaskSubmitted, traceparent: String?) throws -> Publication? {
        guard case .failed(let fault, final: true) = result, let key = task.replyTo else { return nil }
        let reply = Reply(
            taskID: taskID, status: TaskStatus(endingWith: fault.code), error: fault, agentID: agentID,
            metadata: task.metadata)
        return try reply.publication(to: key, id: Reply.id(of: taskID), traceparent: traceparent)
    }
}
