import Foundation
import HoneCore
import HoneEvolution
import HoneService
import HoneStore
import Logging

/// One search on its way: asks it what to do, has that done, tells it how it went, and saves every step.
///
/// It may be dropped at any point: whoever goes on with the saved state asks for the same trials, and what was paid for is
/// read back.
struct OptimizationRun {
    let plan: RunPlan
    let parts: RunParts
    var state: RunState
    private var steps: Int64
    private(set) var book: PromptBook
    var watch: RunWatch
    private var telling: RunTelling
    private let validation: Set<String>
    /// Why what was found has no gate; nil where it has one, or nothing was found.
    var noGate: String?
    /// What a trial of each candidate may cost.
    private var prices: [Int: MicroUSD] = [:]

    init(_ plan: RunPlan, _ state: RunState, after steps: Int64, _ parts: RunParts) {
        self.plan = plan
        self.parts = parts
        self.state = state
        self.steps = steps
        book = PromptBook(plan, from: state.search.board.candidates[0].genome)
        watch = RunWatch(plan.record, parts)
        telling = RunTelling(plan, state, watch.deadline)
        validation = Set(plan.ids(in: .validation))
    }

    /// Searches to the end, and says why it ended. Money and time that come to an end close the search first: what is under
    /// way is waited for, and the best of it is validated.
    mutating func search() async throws -> RunEnd {
        var round = parts.desk.round(of: plan.series)
        var asked: [Trial: SearchTrial] = [:]
        try await save(isFirst: true)
        while true {
            if let end = try await end() { return end }
            if state.closing == nil, let end = try await propose(), !close(because: end, round) { return end }
            if state.closing == nil || state.search.isClosed {
                let trials = state.search.ask().trials
                guard !trials.isEmpty else { return state.closing ?? .searched }
                for trial in trials { asked[self.trial(trial)] = trial }
                try await add(trials, to: round)
            }
            let reports = try await round.next(within: RunWatch.interval)
            if let end = try await take(reports, asked), !close(because: end, round) { return state.closing ?? end }
            if let end = watch.closing(state) { _ = close(because: end, round) }
            if state.closing != nil, !state.search.isClosed, round.isEmpty {
                state.search.close()
                try await save()
                // What it refused may be asked for again.
                round = parts.desk.round(of: plan.series)
            }
        }
    }

    /// What ends it at once.
    private mutating func end() async throws -> RunEnd? {
        guard let end = try await watch.end() ?? watch.saving(state) else { return nil }
        return end.leavesRoomForGate ? state.closing ?? end : end
    }

    /// Nothing new is tried from now on. False where that helps nobody, and the search is over.
    private mutating func close(because end: RunEnd, _ round: TrialRound) -> Bool {
        guard !state.search.isClosed, end.leavesRoomForValidation(hasFound: state.search.best.number != 0) else {
            return false
        }
        state.closing = state.closing ?? end
        round.withdraw()
        return true
    }

    private mutating func add(_ trials: [SearchTrial], to round: TrialRound) async throws {
        let candidates = Set(trials.map(\.candidate))
        try await book.register(candidates, of: state.search.board, in: parts.store)
        round.mostOpen = mostOpen(candidates)
        round.add(trials.map { trial($0) })
    }

    private func trial(_ trial: SearchTrial) -> Trial {
        Trial(
            promptID: book.id(of: state.search.board.candidates[trial.candidate]), caseID: trial.caseID,
            purpose: validation.contains(trial.caseID) ? .validation : .trial)
    }

    private mutating func mostOpen(_ candidates: Set<Int>) -> Int {
        let price = TrialPrice(plan, parts.directory)
        for number in candidates where prices[number] == nil {
            prices[number] = price.most(of: state.search.board.candidates[number].genome)
        }
        let hasFound = plan.record.cap != nil && state.search.best.number != 0
        return price.mostOpen(
            at: candidates.compactMap { prices[$0] }.max() ?? .zero, spent: state.spent,
            keeping: hasFound ? RunWatch.gateShare : 0)
    }

    private mutating func take(_ reports: [TrialReport], _ asked: [Trial: SearchTrial]) async throws -> RunEnd? {
        guard !reports.isEmpty else { return nil }
        var end: RunEnd?
        for report in reports {
            state.spent += report.spent
            guard let trial = asked[report.trial] else { continue }
            switch report.outcome {
            case .done(let result): state.search.tell(trial, result)
            case .brokeDown(let fault):
                state.brokenTrials += 1
                state.search.tell(trial, nil)
                if isHopeless { end = .impossible(fault) }
            case .unaffordable(let fault): end = end ?? .unaffordable(fault)
            }
        }
        try await save()
        return end
    }

    /// Whether nothing but breakdowns came of the first trials: more of them would only cost.
    private var isHopeless: Bool {
        state.brokenTrials >= 6 && state.brokenTrials == state.rolloutsUsed(of: plan.rollouts)
    }

    mutating func save(isFirst: Bool = false) async throws {
        let progress = telling.look(at: state, book, proposer: parts.proposals.proposer(of: state))
        guard
            try await parts.store.optimizations.save(
                plan.record.id, state: state, progress: progress, spent: state.spent, after: steps)
        else { throw RunEnd.overtaken }
        steps += 1
        parts.progress.write([telling.message(progress, isFirst: isFirst)])
    }

    func prompt(of candidate: Candidate) -> PromptID { book.id(of: candidate) }

    /// Tells that a prompt is put to the test.
    func tellGate(of child: PromptID) { parts.progress.write([telling.gate(child)]) }
}

extension [SearchRequest] {
    var trials: [SearchTrial] { compactMap { if case .trial(let trial) = $0 { trial } else { nil } } }
    var proposals: [ProposalRequest] { compactMap { if case .proposal(let request) = $0 { request } else { nil } } }
}
