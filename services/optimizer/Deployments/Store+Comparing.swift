import Foundation
import HoneCore
import HoneEvolution
import HoneStore

extension Store {
    /// So far back the work of the prompt before is looked at.
    private static let memory: TimeInterval = 30 * 86_400
    /// At most so many of its tasks.
    private static let mostBefore = 2_000

    /// A canary against the production prompt, on tasks of the same time.
    func sideBySide(_ canary: DeploymentRecord, until now: Date) async throws -> CanaryComparison {
        let rules = try await rules(for: canary)
        let work = try await deployments.outcomes(
            of: canary.agentID, with: [canary.promptID, canary.baselinePromptID].compactMap(\.self),
            from: canary.createdAt, to: now, limit: rules.mostTasks)
        return CanaryComparison(work.map { CanaryOutcome($0, new: canary.promptID) }, rules: rules)
    }

    /// A prompt in production against the last work of the one that it took the place of.
    func beforeAndAfter(_ deployment: DeploymentRecord, until now: Date) async throws -> CanaryComparison {
        guard let baseline = deployment.baselinePromptID, let promoted = deployment.promotedAt else {
            return CanaryComparison()
        }
        let rules = try await rules(for: deployment)
        let before = try await deployments.outcomes(
            of: deployment.agentID, with: [baseline], from: promoted.addingTimeInterval(-Self.memory), to: promoted,
            limit: Self.mostBefore, latest: true)
        let after = try await deployments.outcomes(
            of: deployment.agentID, with: [deployment.promptID], from: promoted, to: now, limit: Self.mostBefore)
        let pairs = BeforeAfter.order(
            before.map { CanaryOutcome($0, new: deployment.promptID) },
            after.map { CanaryOutcome($0, new: deployment.promptID) })
        return CanaryComparison(pairs, rules: rules)
    }

    /// What the gate that speaks for a prompt let it cost, it may cost afterwards.
    private func rules(for deployment: DeploymentRecord) async throws -> CanaryRules {
        var rules = CanaryRules()
        guard let id = deployment.gateExperimentID, let gate = try await experiments.load(id) else { return rules }
        let opening = gate.results.flatMap(GateResult.init(json:))?.opening
        rules.costTolerance = opening?.rules.costTolerance ?? rules.costTolerance
        return rules
    }
}

extension CanaryOutcome {
    fileprivate init(_ outcome: PromptOutcome, new: PromptID) {
        self.init(
            side: outcome.promptID == new ? .new : .old,
            stratum: Stratum(category: outcome.category, complexity: outcome.complexity), score: outcome.score,
            rating: outcome.rating.map { Double($0 - 1) / 4 }, cost: outcome.cost.map { Double($0.rawValue) })
    }
}
