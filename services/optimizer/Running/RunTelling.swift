import Foundation
import HoneCore
import HoneEvolution
import HoneMessages
import HoneStore

/// What watchers of a run are told.
struct RunTelling {
    private let plan: RunPlan
    private let deadline: Date?
    private let start = ContinuousClock.now
    private let rolloutsAtStart: Int
    private var generationTold: Int

    init(_ plan: RunPlan, _ state: RunState, _ deadline: Date?) {
        self.plan = plan
        self.deadline = deadline
        rolloutsAtStart = state.rolloutsUsed(of: plan.rollouts)
        generationTold = state.generation
    }

    func look(at state: RunState, _ book: PromptBook, proposer: String) -> RunProgress {
        let used = state.rolloutsUsed(of: plan.rollouts)
        let (board, best) = (state.search.board, state.search.best)
        let worths = used > 0 ? state.search.worths : []
        let front = RunProgress.front(of: state.search, worths) { book.id(of: $0) }
        return RunProgress(
            generation: state.generation, candidates: board.candidates.count,
            baselineScore: worths.first, bestScore: worths.isEmpty ? nil : worths[best.number],
            bestPromptID: book.id(of: best), front: front, rolloutsUsed: used, rolloutsLeft: state.search.rolloutsLeft,
            brokenTrials: state.brokenTrials, refused: state.refused, spentUSD: state.spent.dollars,
            etaSeconds: eta(used: used, left: state.search.rolloutsLeft), proposer: proposer)
    }

    /// As long as all rollouts would take at the pace so far; a search may end before.
    private func eta(used: Int, left: Int) -> Double? {
        let done = used - rolloutsAtStart
        guard done > 0 else { return nil }
        let rest = (ContinuousClock.now - start) / .seconds(1) / Double(done) * Double(left)
        return deadline.map { min(rest, max(0, $0.timeIntervalSinceNow)) } ?? rest
    }

    /// The search has come to its end, and its best is put to the test.
    func gate(_ best: PromptID) -> ProgressMade {
        ProgressMade(
            subject: .optimization, subjectID: plan.record.id.description, agentID: plan.agent.id, kind: .state,
            message: "gate", data: ["best_prompt_id": .string(best.description)])
    }

    /// A new round of proposals is a generation; everything else a figure that moved.
    mutating func message(_ progress: RunProgress, isFirst: Bool) -> ProgressMade {
        defer { generationTold = progress.generation }
        let kind: ProgressMade.Kind =
            isFirst ? .state : progress.generation > generationTold ? .generation : .metric
        return ProgressMade(plan.record.id, plan.agent.id, kind, isFirst ? "running" : nil, progress, plan.rollouts)
    }
}

extension ProgressMade {
    init(
        _ id: OptimizationID, _ agent: AgentID, _ kind: Kind, _ message: String?, _ progress: RunProgress?,
        _ rollouts: Int
    ) {
        let fraction = progress.map { Double($0.rolloutsUsed) / Double(max(1, rollouts)) }
        self.init(
            subject: .optimization, subjectID: id.description, agentID: agent, kind: kind, message: message,
            fraction: kind == .done ? 1 : fraction, data: progress.flatMap { try? JSONValue(encoding: $0) })
    }
}
