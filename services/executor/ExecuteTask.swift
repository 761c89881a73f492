import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import Logging

/// Runs one assigned task and announces what became of it.
struct ExecuteTask: MessageHandler {
    /// A model and its fallbacks may each use their whole time.
    static let delivery = DeliveryPolicy(timeout: .seconds(1_800), gathering: .milliseconds(10))

    private let runner: AgentRunner
    private let heartbeat: Heartbeat
    private let beginnings: GroupCommit<AttemptKey, Beginning>
    private let results: GroupCommit<ExecutionRecord, Recording>

    init(store: Store, runner: AgentRunner, heartbeat: Heartbeat) {
        self.runner = runner
        self.heartbeat = heartbeat
        beginnings = GroupCommit(spacing: Self.delivery.gathering) { try await store.executions.begin($0) }
        results = GroupCommit(spacing: Self.delivery.gathering) { try await store.executions.record($0) }
    }

    func handle(_ message: Received<TaskAssigned>, in context: HandlerContext) async throws -> Outcome {
        let key = message.body.key
        switch try await beginnings.submit(key) {
        case .started:
            return try await execute(message, in: context)
        case .over(let record):
            return .done(publish: [try record.announcement(causedBy: message.traceparent)])
        case .superseded(let status):
            context.logger.info("not this attempt's turn", metadata: ["status": "\(status?.rawValue ?? "unknown")"])
            return .done
        }
    }

    private func execute(_ message: Received<TaskAssigned>, in context: HandlerContext) async throws -> Outcome {
        let start = context.now
        let record = try await heartbeat.during(message.body.key) { [runner] in
            try await runner.run(message, at: start)
        }
        guard let record else {
            context.logger.info("the attempt was stopped: its task is over or somebody else's")
            return .done
        }
        switch try await results.submit(record) {
        case .recorded:
            runner.announceEnd(of: record, message.body)
            return .done(publish: [try record.announcement(causedBy: message.traceparent)])
        case .again(let earlier):
            return .done(publish: [try earlier.announcement(causedBy: message.traceparent)])
        case .refused(let status):
            context.logger.info("the result came too late", metadata: ["status": "\(status?.rawValue ?? "unknown")"])
            return .done
        }
    }

    /// An assignment that cannot be handled is a failed attempt, so that another agent may try.
    func refused(_ message: RefusedMessage, in context: HandlerContext) async throws -> [Publication] {
        guard let data = message.data, let body = try? WireFormat.decode(TaskAssigned.self, from: data) else {
            return []
        }
        let fault = TaskFault(.internal, "the executor gave up: \(message.fault.code.rawValue)")
        let record = ExecutionRecord(
            taskID: body.taskID, attempt: body.attempt, agentID: body.agentID, promptID: body.promptID,
            durationSeconds: 0, result: .failed(fault, final: false))
        guard case .recorded = try await results.submit(record) else { return [] }
        return [try record.announcement(causedBy: message.traceparent)]
    }
}

extension TaskAssigned {
    var key: AttemptKey { AttemptKey(taskID: taskID, attempt: attempt, agentID: agentID) }
}
