import Foundation
import HoneCore
import HoneEvolution
import HoneMessages
import HoneService
import HoneStore
import Logging

/// Takes one optimization from wherever it stands to its end.
struct RunOffice: Sendable {
    let parts: RunParts

    /// Throws when the machinery fails it: then it is taken up again from its last step.
    func work(on id: OptimizationID) async throws {
        guard let record = try await parts.store.optimizations.load(id), record.isOpen else { return }
        do {
            try await search(record)
        } catch let end as RunEnd {
            try await finish(record, end, nil)
        }
    }

    private func search(_ waiting: OptimizationRecord) async throws {
        let plan = try await RunPlan(waiting, in: parts.store)
        try FirstTrial(plan, parts.directory).check()
        let optimizations = parts.store.optimizations
        guard try await optimizations.begin(plan.record.id, from: plan.baseline.prompt.id),
            let record = try await optimizations.load(plan.record.id),
            let saved = try await optimizations.saved(record.id)
        else { throw RunEnd.overtaken }
        let begun = try await RunPlan(record, in: parts.store)
        let state = try saved.run() ?? RunState(begun.start)
        var run = OptimizationRun(begun, state, after: saved.steps, parts)
        parts.logger.info(
            saved.state == nil ? "a search begins" : "a search goes on", metadata: ["optimization_id": "\(record.id)"])
        let end: RunEnd
        do {
            end = try await run.search()
        } catch let early as RunEnd {
            end = early
        }
        try await finish(record, end, run)
    }

    private func finish(_ record: OptimizationRecord, _ end: RunEnd, _ run: OptimizationRun?) async throws {
        guard end != .overtaken else { return try await withdraw(record) }
        let ending = Self.ending(end, run)
        let isOver = try await parts.store.transaction { try await $0.optimizations.finish(record.id, ending) }
        guard isOver else { return }
        parts.logger.info(
            "a search is over",
            metadata: ["optimization_id": "\(record.id)", "status": "\(ending.status)", "reason": "\(ending.reason)"])
        if let over = try await parts.store.optimizations.load(record.id) {
            parts.progress.write([ProgressMade(endOf: over)])
        }
    }

    /// Trials that were asked for while somebody ended it.
    private func withdraw(_ record: OptimizationRecord) async throws {
        guard let standing = try await parts.store.optimizations.standing(of: record.id), standing.status != "running"
        else { return }
        let fault = TaskFault(.cancelled, "its optimization is over")
        _ = try await parts.store.trials.withdraw(record.id, because: fault)
    }

    private static func ending(_ end: RunEnd, _ run: OptimizationRun?) -> OptimizationEnding {
        guard let run else {
            return OptimizationEnding(
                status: "failed", reason: end.reason(rolloutsUsed: 0, of: 0), code: end.fault(rolloutsUsed: 0))
        }
        let used = run.state.rolloutsUsed(of: run.plan.rollouts)
        let reason = end.reason(rolloutsUsed: used, of: run.plan.rollouts)
        if let code = end.fault(rolloutsUsed: used) {
            return OptimizationEnding(status: "failed", reason: reason, code: code)
        }
        let conclusion = RunConclusion(run.state.search)
        let best = run.prompt(of: conclusion.best)
        return OptimizationEnding(
            status: "completed", reason: reason, bestPromptID: conclusion.isImprovement ? best : nil,
            improvement: conclusion.improvement(of: best))
    }
}

extension OptimizationRecord {
    var isOpen: Bool { status == "queued" || status == "running" }
}

extension SavedSearch {
    /// Nil before the first step.
    fileprivate func run() throws -> RunState? {
        try state.map { try WireFormat.decode(RunState.self, from: Data($0.utf8)) }
    }
}
