import HoneCore
import HoneEvolution
import HoneModels
import HoneStore

/// How a run's gates ended: the one that promoted, else the first.
struct GateEnd: Sendable {
    let candidate: Candidate
    let result: GateResult
}

extension OptimizationRun {
    /// One that breaks a control, or costs too much, may be followed by the next best; they share the run's error.
    private static let mostGates = 3

    /// What the search has found best meets production's prompt on cases that neither was chosen by. Nil when nothing
    /// was found, or nothing is left to pay it with (``noGate``).
    mutating func gate(after end: RunEnd) async throws -> GateEnd? {
        guard end.leavesRoomForGate else { return nil }
        let price = TrialPrice(plan, parts.directory)
        watch.beginGate()
        let gate = RunGate(store: parts.store, desk: parts.desk, rules: plan.gateRules(parts.gateRules))
        var (first, spent): (GateEnd?, MicroUSD) = (nil, .zero)
        for candidate in state.search.finalists(atMost: Self.mostGates) {
            if let obstacle = price.gateObstacle(of: candidate.genome, spent: state.spent) {
                if first == nil { noGate = noGate ?? obstacle }
                continue
            }
            noGate = nil
            let child = prompt(of: candidate)
            tellGate(of: child)
            let result = try await gate.run(child, in: series(for: candidate, price)) { try await mustStop() }
            spent += try await parts.store.experiments.spent(on: plan.series.gate(of: child).id)
            state.gateSpent = spent
            try await save()
            let end = GateEnd(candidate: candidate, result: result)
            if result.verdict == .promote { return end }
            first = first ?? end
            guard result.verdict.leavesOthersAChance else { break }
        }
        return first
    }

    /// With no more trials open than what is left pays.
    private func series(for candidate: Candidate, _ price: TrialPrice) -> TrialSeries {
        var series = plan.series
        let most = max(price.most(of: plan.genome), price.most(of: candidate.genome))
        series.mostOpen = price.mostOpen(at: most, spent: state.spent)
        return series
    }

    /// Whether its time is over. Throws what else ends a run.
    mutating func mustStop() async throws -> Bool {
        switch try await watch.end() {
        case nil: false
        case .time: true
        case .some(let end): throw end
        }
    }
}

extension GateResult.Verdict {
    /// Whether the candidate itself was refused, rather than that nothing could be proved of the best there is.
    fileprivate var leavesOthersAChance: Bool {
        switch self {
        case .controlsBroken, .tooCostly, .tooSlow: true
        case .promote, .inconclusive, .noImprovement: false
        }
    }
}

extension RunPlan {
    /// On whose account the run's own calls are made.
    func payer(_ purpose: CallPurpose) -> CallPayer {
        CallPayer(purpose, agentID: agent.id, caps: [record.cap].compactMap(\.self), isPatient: true)
    }

    /// The installation's, with what was asked for this run in its place.
    func gateRules(_ common: GateRules) -> GateRules {
        var rules = common
        rules.costTolerance = record.params["cost_tolerance"]?.double ?? rules.costTolerance
        rules.timeTolerance = record.params["time_tolerance"]?.double ?? rules.timeTolerance
        return rules
    }
}
