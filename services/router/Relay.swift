import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore

/// Says again of tasks what is on record of them.
struct Relay {
    let store: Store
    let desk: RoutingDesk

    /// Tasks that are not over: given to an agent, given to another, announced to their agent again, or ended when their
    /// time is up.
    func open(_ tasks: [TaskID], at now: Date) async throws -> [Publication] {
        let records = try await store.tasks.load(tasks).sorted { $0.createdAt < $1.createdAt }
        let failed = records.filter { $0.awaitsRouting && $0.attempt > 0 && !$0.isLate(at: now) }
        let failures = try await store.executions.load(failed.map(\.id))
        let attempts = Dictionary(failed.map { ($0.id, $0) }) { first, _ in first }
        let announced = try failures.compactMap { failure -> Publication? in
            guard let record = attempts[failure.taskID], record.failedAttempt == failure.attempt else { return nil }
            return try failure.announcement(causedBy: Cause(record).traceparent)
        }
        let others = records.filter { attempts[$0.id] == nil && !$0.status.isTerminal }
        let steps = try await store.transaction { store in
            try await store.settle(others.map { step($0, at: now) })
        }
        return try announced + zip(others, steps).flatMap { try $1.publications(after: Cause($0)) }
    }

    private func step(_ record: TaskRecord, at now: Date) -> RoutingStep {
        if record.isLate(at: now) {
            return .ended(record, TaskFault(.deadlineExceeded, "the deadline passed before the work was done"))
        }
        return record.awaitsRouting ? desk.step(record, at: now) : .standing(record)
    }

    /// The messages whose effect is missing.
    func publications(_ hop: Hop, _ tasks: [TaskID]) async throws -> [Publication] {
        guard !tasks.isEmpty else { return [] }
        let records = try await store.tasks.load(tasks)
        let traces = Dictionary(records.map { ($0.id, Cause($0).traceparent) }) { first, _ in first }
        switch hop {
        case .open: return []
        case .score: return try await attempts(tasks, areFailed: false, traces)
        case .failure:
            let ended = try records.filter { $0.status.isTerminal }.compactMap(reply)
            return try await attempts(tasks, areFailed: true, traces) + ended
        case .end: return try records.flatMap { try RoutingStep.standing($0).publications(after: Cause($0)) }
        case .reward, .plan, .review: return try await scores(tasks, traces)
        case .opinion: return try await reviews(tasks, traces)
        }
    }

    private typealias Traces = [TaskID: String?]

    private func attempts(
        _ tasks: [TaskID], areFailed: Bool, _ traces: Traces
    ) async throws -> [Publication] {
        try await store.executions.load(tasks).filter { ($0.fault != nil) == areFailed }
            .map { try $0.announcement(causedBy: traces[$0.taskID] ?? nil) }
    }

    /// Whoever missed the score may have missed the reply too. A plan shows that the score was heard of: its reply went
    /// out in the same step.
    private func scores(_ tasks: [TaskID], _ traces: Traces) async throws -> [Publication] {
        let scores = try await store.scores.load(tasks)
        let plans = try await store.reviews.plans(of: tasks)
        let work = try await store.scores.work(of: tasks.filter { plans[$0] == nil })
        let works = Dictionary(work.map { ($0.taskID, $0) }) { first, _ in first }
        return try scores.flatMap { score in
            let trace = traces[score.taskID] ?? nil
            return try [
                score.announcement(traceparent: trace),
                works[score.taskID].flatMap { try score.reply(of: $0, traceparent: trace) },
            ].compactMap(\.self)
        }
    }

    /// What publishers of finished tasks were told, or should have been.
    func replies(_ tasks: [TaskID]) async throws -> [Publication] {
        let records = try await store.tasks.load(tasks)
        let scores = Dictionary(try await store.scores.load(tasks).map { ($0.taskID, $0) }) { first, _ in first }
        let works = Dictionary(try await store.scores.work(of: tasks).map { ($0.taskID, $0) }) { first, _ in first }
        return try records.compactMap { record in
            if record.fault != nil { return try reply(record) }
            let trace = Cause(record).traceparent
            guard let score = scores[record.id], let work = works[record.id] else { return nil }
            return try score.reply(of: work, traceparent: trace)
        }
    }

    private func reply(_ record: TaskRecord) throws -> Publication? {
        try record.fault.flatMap { try record.reply(ended: $0, traceparent: Cause(record).traceparent) }
    }

    private func reviews(_ tasks: [TaskID], _ traces: Traces) async throws -> [Publication] {
        try await store.reviews.load(tasks).filter { $0.score != nil }
            .map { try $0.announcement(causedBy: traces[$0.taskID] ?? nil) }
    }
}

extension TaskRecord {
    fileprivate func isLate(at now: Date) -> Bool { deadline.map { $0 < now } ?? false }
}
