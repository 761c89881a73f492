import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import Logging

/// The trials of one run: what waits for a place, and what is under way. For one caller at a time.
final class TrialRound {
    private let desk: TrialDesk
    private let series: TrialSeries
    private var waiting: [Trial] = []
    private var open: [TaskID: (trial: Trial, tries: Int)] = [:]
    private var known: Set<Trial> = []
    /// What cannot be done at all, and is not reported yet.
    private var lost: [TrialReport] = []
    private var pause = TrialPause()
    /// At least one is open all the same: what cannot be paid is found out by trying.
    var mostOpen: Int

    init(desk: TrialDesk, series: TrialSeries) {
        self.desk = desk
        self.series = series
        mostOpen = series.mostOpen
        desk.enter()
    }

    deinit { desk.leave() }

    /// Whether everything that was asked for has been reported.
    var isEmpty: Bool { waiting.isEmpty && open.isEmpty && lost.isEmpty }

    /// Asks for trials; those that were asked for before are left out. Their prompts must be on record.
    func add(_ trials: [Trial]) {
        waiting += trials.filter { known.insert($0).inserted }
    }

    /// Takes back what has not been sent.
    func withdraw() {
        known.subtract(waiting)
        waiting = []
    }

    /// Waits until at least one trial is over, for so long at most, and reports those that are.
    func next(within limit: Duration) async throws -> [TrialReport] {
        let deadline = ContinuousClock.now + limit
        repeat {
            try await send()
            let reports = try await collect() + takeLost()
            if !reports.isEmpty { return reports }
            guard !open.isEmpty else { return [] }
            try await Task.sleep(for: pause.next(until: deadline))
        } while ContinuousClock.now < deadline
        return []
    }
}

// MARK: out

extension TrialRound {
    private func send() async throws {
        let places = max(1, min(desk.share, mostOpen)) - open.count
        guard places > 0, !waiting.isEmpty else { return }
        let next = Array(waiting.prefix(places))
        try await enter(next.map { ($0, 1) })
        waiting.removeFirst(next.count)
        pause.reset()
    }

    private func enter(_ trials: [(Trial, tries: Int)]) async throws {
        let new = try trials.map { try TrialDraft($0, tries: $1, in: series) }
        let experiments = Dictionary(new.map { ($0.experiment.id, $0.experiment) }) { first, _ in first }
        let benchmark = series.benchmarkID
        let entered = try await desk.store.transaction { store in
            try await store.trials.open(experiments.values.sorted { $0.id < $1.id })
            return try await store.trials.enter(new.map(\.entry), of: benchmark)
        }
        note(entered, of: trials.map(\.0))
        try await publish(entered.filter(\.isWaiting).compactMap { open[$0.taskID] })
    }

    private func note(_ entered: [EnteredTrial], of trials: [Trial]) {
        let known = Dictionary(trials.map { (series.place(of: $0), $0) }) { first, _ in first }
        var missing = known
        for row in entered {
            let place = TrialPlace(experiment: row.experimentID, key: row.key)
            guard let trial = known[place] else { continue }
            open[row.taskID] = (trial, row.tries)
            missing[place] = nil
        }
        lost += missing.values.map { trial in
            let fault = TaskFault(.invalidMessage, "the benchmark has no case \(trial.caseID) any more")
            return TrialReport(trial: trial, outcome: .brokeDown(fault), spent: .zero)
        }
    }

    private func takeLost() -> [TrialReport] {
        defer { lost = [] }
        return lost
    }

    /// Should the bus be away now, the routers' reconciler publishes them once it is back.
    private func publish(_ entered: [(trial: Trial, tries: Int)]) async throws {
        guard !entered.isEmpty else { return }
        let messages = try entered.map { try TrialDraft($0.trial, tries: $0.tries, in: series).message }
        do {
            try await desk.publisher.publish(messages)
        } catch let error as any TransientFault where error.isTransient {
            desk.logger.warning("trials wait for the reconciler", metadata: ["error": "\(error)"])
        }
    }
}

// MARK: back

extension TrialRound {
    private func collect() async throws -> [TrialReport] {
        let endings = try await desk.store.trials.endings(of: open.keys.sorted())
        let judged = endings.compactMap { ending in
            open[ending.taskID].map { Judged(trial: $0.trial, tries: $0.tries, ending: ending) }
        }
        let again = judged.filter(\.isWorthAnotherTry)
        let over = judged.filter { !$0.isWorthAnotherTry }
        try await desk.store.trials.record(over.map(\.entry))
        for item in judged { open[item.ending.taskID] = nil }
        if !again.isEmpty {
            desk.logger.info("trials are tried again", metadata: ["trials": "\(again.count)"])
            try await enter(again.map { ($0.trial, $0.tries + 1) })
        }
        if !judged.isEmpty { pause.reset() }
        return over.map(\.report)
    }
}
