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
    private let progress: ProgressWriter
    private let heartbeat: Heartbeat
    /// People wait for what is interactive, so it waits for no company.
    private let prompt: AttemptLedger
    private let patient: AttemptLedger

    init(store: Store, runner: AgentRunner, progress: ProgressWriter, heartbeat: Heartbeat) {
        self.runner = runner
        self.progress = progress
        self.heartbeat = heartbeat
        prompt = AttemptLedger(store: store, spacing: .zero)
        patient = AttemptLedger(store: store, spacing: Self.delivery.gathering)
    }

    private func ledger(of assignment: TaskAssigned) -> AttemptLedger {
        assignment.lane == .interactive ? prompt : patient
    }

    func handle(_ message: Received<TaskAssigned>, in context: HandlerContext) async throws -> Outcome {
        let gate = ProgressGate(of: message.body, traceparent: message.traceparent, to: progress)
        guard message.isFirstForPeople else {
            if let outcome = try await refusal(of: message, in: context) { return outcome }
            gate.open()
            return try await conclude(message, with: attempt(message, gate, in: context), gate, in: context)
        }
        return try await handleAtOnce(message, gate, in: context)
    }

    /// Nearly always it is its turn: the model is asked while that is found out, and nobody hears of it before.
    private func handleAtOnce(
        _ message: Received<TaskAssigned>, _ gate: ProgressGate, in context: HandlerContext
    ) async throws -> Outcome {
        try await withThrowingTaskGroup { group in
            group.addImmediateTask { try await attempt(message, gate, in: context) }
            if let outcome = try await refusal(of: message, in: context) {
                group.cancelAll()
                return outcome
            }
            gate.open()
            return try await conclude(message, with: group.next() ?? nil, gate, in: context)
        }
    }

    /// What there is to do where the attempt is not to be made; nil when it has begun.
    private func refusal(of message: Received<TaskAssigned>, in context: HandlerContext) async throws -> Outcome? {
        switch try await ledger(of: message.body).begin(message.body.key) {
        case .started:
            return nil
        case .over(let record):
            return .done(publish: try announcements(of: record, of: message))
        case .superseded(let status):
            context.logger.info("not this attempt's turn", metadata: ["status": "\(status?.rawValue ?? "unknown")"])
            return .done
        }
    }

    private func attempt(
        _ message: Received<TaskAssigned>, _ gate: ProgressGate, in context: HandlerContext
    ) async throws -> ExecutionRecord? {
        let start = context.now
        return try await heartbeat.during(message.body.key) { [runner] in
            try await runner.run(message, at: start, telling: gate)
        }
    }

    private func conclude(
        _ message: Received<TaskAssigned>, with record: ExecutionRecord?, _ gate: ProgressGate,
        in context: HandlerContext
    ) async throws -> Outcome {
        guard let record else {
            context.logger.info("the attempt was stopped: its task is over or somebody else's")
            // Whoever did the same attempt meanwhile may have died before it was told.
            return try await refusal(of: message, in: context) ?? .done
        }
        // Before its end, which people wait for: what reads that has nothing else to read then.
        async let told: Void = gate.tell(runner.steps(of: record, message.body))
        let recording = try await ledger(of: message.body).record(record)
        await told
        switch recording {
        case .recorded:
            gate.tell([runner.end(of: record, message.body)])
            return .done(publish: try announcements(of: record, of: message))
        case .again(let earlier):
            return .done(publish: try announcements(of: earlier, of: message))
        case .refused(let status):
            context.logger.info("the result came too late", metadata: ["status": "\(status?.rawValue ?? "unknown")"])
            return .done
        }
    }

    /// What ends the task goes together with its publisher's reply, so that neither is lost without the other.
    private func announcements(
        of record: ExecutionRecord, of message: Received<TaskAssigned>
    ) throws -> [Publication] {
        let announcement = try record.announcement(causedBy: message.traceparent)
        return try [announcement, record.reply(to: message.body.task, traceparent: message.traceparent)]
            .compactMap(\.self)
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
        guard case .recorded = try await ledger(of: body).record(record) else { return [] }
        return [try record.announcement(causedBy: message.traceparent)]
    }
}

extension TaskAssigned {
    var key: AttemptKey { AttemptKey(taskID: taskID, attempt: attempt, agentID: agentID) }
}

extension Received<TaskAssigned> {
    /// Somebody waits, and nobody has begun yet: what is delivered again may have been done, and paid for.
    fileprivate var isFirstForPeople: Bool { body.lane == .interactive && deliveries == 1 }
}
