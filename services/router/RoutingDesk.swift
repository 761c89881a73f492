import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
import HoneService
import HoneStore

/// Decides who gets a task, and puts the decision in the form that is kept.
struct RoutingDesk {
    let plan: RoutingPlan
    let view: PerformanceView
    /// With the task and the attempt it fixes every draw, whatever order tasks arrive in.
    let seed: UInt64

    /// Throws the fault that ends the task when nobody can take it.
    func route(_ task: TaskRecord, tried: [AgentID] = [], at now: Date) throws(TaskFault) -> Route {
        if let deadline = task.deadline, deadline <= now {
            throw TaskFault(.deadlineExceeded, "the deadline passed before an agent could begin")
        }
        let (candidates, context) = view.outlook(for: task.category, complexity: task.complexity)
        let request = RoutingRequest(
            category: task.category, constraints: task.constraints, pinnedAgent: task.pin?.agentID,
            recommended: recommended(task.category), tried: Set(tried))
        switch plan.decide(request, among: candidates, in: context, seed: drawSeed(task)) {
        case .failure(let refusal):
            throw refusal.fault
        case .success(let decision):
            view.count(decision, in: task.category, among: candidates)
            return route(task, decision)
        }
    }

    private func recommended(_ category: HoneCore.Category?) -> Set<AgentID> {
        Set(category.flatMap { view.directory.snapshot.templates[$0]?.recommendedAgents } ?? [])
    }

    private func drawSeed(_ task: TaskRecord) -> Int64 {
        var generator = SeededGenerator(
            seed: Int64(bitPattern: task.id.uuid.derived("\(seed)/\(task.attempt + 1)").lowBits))
        return Int64(bitPattern: generator.next())
    }

    private func route(_ task: TaskRecord, _ decision: RoutingDecision) -> Route {
        let agent = view.directory.snapshot.agents[decision.chosen]
        let attempt = task.attempt + 1
        return Route(
            taskID: task.id, attempt: attempt, agentID: decision.chosen,
            promptID: task.pin?.promptID ?? agent?.promptID, category: task.category ?? .general,
            complexity: task.complexity,
            decision: DecisionRecord(
                id: RoutingDecisionID(derivedFrom: task.id, "decision/\(attempt)"),
                policy: task.pin?.agentID == nil ? decision.policy.rawValue : "pinned",
                candidates: decision.candidates, scores: decision.scores, propensities: decision.propensities,
                featureNames: ["utility_mean", "utility_deviation"],
                features: decision.beliefs.flatMap { [$0.mean, $0.deviation] },
                reason: decision.reason, seed: decision.seed))
    }
}

extension UUID {
    fileprivate var lowBits: UInt64 {
        withUnsafeBytes(of: uuid) { UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) }
    }
}
