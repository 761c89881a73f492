import HoneCore
import HoneEvolution
import HoneModels
import HoneStore

extension OptimizationRun {
    /// What the search has found best meets production's prompt on cases that neither was chosen by. Nil when nothing
    /// was found, or nothing is left to pay it with.
    mutating func gate(after end: RunEnd) async throws -> GateResult? {
        let conclusion = RunConclusion(state.search)
        guard end.leavesRoomForGate, conclusion.isImprovement else { return nil }
        let child = prompt(of: conclusion.best)
        tellGate()
        let gate = RunGate(store: parts.store, desk: parts.desk, rules: plan.gateRules(parts.gateRules))
        var series = plan.series
        let price = TrialPrice(plan, parts.directory)
        let most = max(price.most(of: plan.genome), price.most(of: conclusion.best.genome))
        series.mostOpen = price.mostOpen(at: most, spent: state.spent)
        let result = try await gate.run(child, in: series) { try await mustStop() }
        state.gateSpent = try await parts.store.experiments.spent(on: plan.series.gate(of: child).id)
        try await save()
        return result
    }

    /// Whether its time is over. Throws what else ends a run.
    private mutating func mustStop() async throws -> Bool {
        switch try await watch.end() {
        case nil: false
        case .time: true
        case .some(let end): throw end
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
