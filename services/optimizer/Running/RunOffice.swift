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
        // What goes on has been paid for in part, and finds out by itself what it can still afford.
        if waiting.startedAt == nil { try TrialPrice(plan, parts.directory).checkFirst() }
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
        do {
            let end = try await run.search()
            let gate = try await run.gate(after: end)
            try await run.measureParts(after: gate)
            try await finish(record, end, run, gate)
        } catch let end as RunEnd {
            try await finish(record, end, run)
        }
    }

    private func finish(
        _ record: OptimizationRecord, _ end: RunEnd, _ run: OptimizationRun?, _ gate: GateEnd? = nil
    ) async throws {
        guard end != .overtaken else { return try await withdraw(record) }
        let ending = try Self.ending(end, run, gate)
        let isOver = try await parts.store.transaction { try await $0.optimizations.finish(record.id, ending) }
        guard isOver else { return }
        if let run, let gate, gate.result.verdict == .promote { await remember(run, gate) }
        parts.logger.info(
            "a search is over",
            metadata: ["optimization_id": "\(record.id)", "status": "\(ending.status)", "reason": "\(ending.reason)"])
        if let over = try await parts.store.optimizations.load(record.id) {
            parts.progress.write([ProgressMade(endOf: over)])
        }
    }

    /// What was proved better grounds later searches. Memory is a help: without it the search is over all the same.
    private func remember(_ run: OptimizationRun, _ gate: GateEnd) async {
        do {
            try await parts.memory.remember(Improvement(run, gate), at: parts.now())
        } catch {
            parts.logger.warning("an improvement is not remembered", metadata: ["error": "\(error)"])
        }
    }

    /// Trials that were asked for while somebody ended it.
    private func withdraw(_ record: OptimizationRecord) async throws {
        guard let standing = try await parts.store.optimizations.standing(of: record.id), standing.status != "running"
        else { return }
        let fault = TaskFault(.cancelled, "its optimization is over")
        _ = try await parts.store.trials.withdraw(record.id, because: fault)
    }

    private static func ending(
        _ end: RunEnd, _ run: OptimizationRun?, _ gate: GateEnd?
    ) throws -> OptimizationEnding {
        guard let run else {
            return OptimizationEnding(
                status: "failed", reason: end.reason(rolloutsUsed: 0, of: 0), code: end.fault(rolloutsUsed: 0))
        }
        let used = run.state.rolloutsUsed(of: run.plan.rollouts)
        let reason = [end.reason(rolloutsUsed: used, of: run.plan.rollouts), run.noGate.map { "no gate: \($0)" }]
            .compactMap(\.self).joined(separator: "; ")
        if let code = end.fault(rolloutsUsed: used) {
            return OptimizationEnding(status: "failed", reason: reason, code: code)
        }
        let conclusion = RunConclusion(run.state.search, choosing: gate?.candidate)
        let best = run.prompt(of: conclusion.best)
        return OptimizationEnding(
            status: "completed", reason: gate.map { "\(reason); on the sealed holdout: \($0.result.reason)" } ?? reason,
            bestPromptID: gate?.result.verdict == .promote ? best : nil,
            improvement: try conclusion.improvement(of: best, gate?.result))
    }
}

extension Improvement {
    fileprivate init(_ run: OptimizationRun, _ end: GateEnd) throws {
        let (change, gate) = (GenomeChange(from: run.plan.genome, to: end.candidate.genome), end.result)
        self.init(
            optimizationID: run.plan.record.id, agentID: run.plan.agent.id, category: run.plan.category,
            description: change.description, delta: gate.gain ?? 0, deltaLow: gate.gainInterval?.first,
            deltaHigh: gate.gainInterval?.last,
            // An e-value's inverse bounds the chance of so much evidence without a gain.
            confidence: 1 - min(1, 1 / max(1, gate.evidence)), validation: try JSONValue(encoding: gate))
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
