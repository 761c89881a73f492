import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneService
import HoneStore

/// Gives tasks whose attempt failed to the next best agent, or ends them and tells the publisher.
struct FailOver: BatchHandler {
    let store: Store
    let desk: RoutingDesk
    let progress: ProgressWriter

    func handle(_ batch: [Received<TaskFailed>], in context: HandlerContext) async throws -> [Outcome] {
        let steps = try await store.transaction { store in
            try await decide(batch, in: store, context)
        }
        progress.write(steps.compactMap(\.progress))
        return try zip(batch, steps).map { message, step in
            .done(publish: try step.publications(after: Cause(message)))
        }
    }

    private func decide(
        _ batch: [Received<TaskFailed>], in store: Store, _ context: HandlerContext
    ) async throws -> [RoutingStep] {
        for message in batch { desk.notice(message.body.error, by: message.body.agentID, at: context.now) }
        try await store.tasks.markTold(batch.filter(\.body.final).map(\.body.taskID))
        let ids = batch.filter { !$0.body.final }.map(\.body.taskID)
        let records = Dictionary(try await store.tasks.load(ids).map { ($0.id, $0) }) { first, _ in first }
        let tried = try await store.tasks.triedAgents(ids)
        let steps = batch.mapSharing(by: \.id) { message -> RoutingStep in
            // The executor ended it, or a router: its publisher was told in the same step.
            guard let record = records[message.body.taskID], !message.body.final else { return .overtaken }
            return step(message.body, record, tried[record.id] ?? [], context)
        }
        return try await store.settle(steps)
    }

    private func step(
        _ failed: TaskFailed, _ record: TaskRecord, _ tried: [AgentID], _ context: HandlerContext
    ) -> RoutingStep {
        // Redelivered after its decision was made: the successor, or the end, is announced once more.
        guard record.attempt == failed.attempt else {
            return record.attempt == failed.attempt + 1 ? .standing(record) : .overtaken
        }
        if record.status.isTerminal { return .standing(record) }
        guard Failover.isWorthwhile(after: failed.error, attempt: failed.attempt) else {
            return .ended(record, failed.error)
        }
        let step = desk.step(record, tried: tried, at: context.now)
        // "No agent left" would hide why the task failed.
        guard case .ended(_, let fault) = step, fault.code == .noCapableAgent else { return step }
        return .ended(record, failed.error)
    }
}
