import HoneAPI
import HoneCore
import HoneService
import HoneStore
import ServiceLifecycle

/// Runs the agent's benchmark with every prompt that has come into production, and with the one before it at the same time:
/// what a deployment was worth is measured, not remembered. Here and not in the optimizer, which may not see the holdout.
///
/// Of several gateways one works on a deployment, and both evaluations are on record together with it or not at all.
struct EvaluateDeployments: Service {
    private static let interval: Duration = .seconds(2)
    /// As many as a gate looks at.
    private static let mostCases = 200
    private static let actor = "deployment"

    let backend: Backend

    func run() async throws {
        await repeatUntilShutdown(
            every: Self.interval, "evaluating what was deployed", logger: backend.logger
        ) { try await pass() }
    }

    func pass() async throws {
        for deployment in try await backend.store.deployments.unevaluated() { try await evaluate(deployment) }
    }

    private func evaluate(_ deployment: DeploymentRecord) async throws {
        let starter = StartEvaluation(backend: backend)
        let plans: [StartEvaluation.Plan]
        do {
            plans = try await self.plans(deployment, starter)
        } catch let reason as Problem {
            return try await backend.store.deployments.unevaluated(deployment.id, because: reason.detail)
        } catch let reason as InvalidValue {
            return try await backend.store.deployments.unevaluated(deployment.id, because: "\(reason)")
        }
        if try await record(plans, of: deployment) { await starter.publish(plans.flatMap(\.publications)) }
    }

    /// The baseline's evaluation, where there is a baseline, and behind it the new prompt's: that one is the latest then.
    private func plans(
        _ deployment: DeploymentRecord, _ starter: StartEvaluation
    ) async throws -> [StartEvaluation.Plan] {
        guard let benchmark = try await backend.store.deployments.benchmark(for: deployment) else {
            throw Problem.conflict("The agent was never measured by a benchmark.")
        }
        let agent = try await backend.agent(deployment.agentID)
        let counts = try await backend.store.benchmarks.counts(of: benchmark)
        let split = [BenchmarkSplit.holdout, .validation].first { split in counts.contains { $0.split == split } }
        func plan(_ prompt: PromptID, _ kind: EvaluationKind) async throws -> StartEvaluation.Plan {
            let request = EvaluationRequest(
                benchmark: benchmark, split: split, promptID: prompt, limit: Self.mostCases, kind: kind)
            let id = EvaluationID(derivedFrom: deployment.id, kind.rawValue)
            return try await starter.plan(agent, request, by: Self.actor, as: id)
        }
        let own = try await plan(deployment.promptID, .optimized)
        guard let baseline = deployment.baselinePromptID else { return [own] }
        return [try await plan(baseline, .baseline), own]
    }

    /// False when another gateway was faster.
    private func record(_ plans: [StartEvaluation.Plan], of deployment: DeploymentRecord) async throws -> Bool {
        try await backend.store.transaction { store in
            guard try await store.locks.tryAcquire("deployment/\(deployment.id)"), let own = plans.last,
                try await store.deployments.load(deployment.id)?.evaluationID == nil
            else { return false }
            for plan in plans { try await store.evaluations.start(plan.evaluation) }
            try await store.deployments.evaluated(
                deployment.id, by: own.evaluation.id, against: plans.dropLast().last?.evaluation.id)
            return true
        }
    }
}
