public import Foundation
public import HoneCore
public import HoneIntelligence
public import HoneStore

/// Decides who gets a task, and puts the decision in the form that is kept.
public struct RoutingDesk: Sendable {
    let plan: RoutingPlan
    let view: PerformanceView
    /// With the task and the attempt it fixes every draw, whatever order tasks arrive in.
    let seed: UInt64
    let circumstances: Circumstances

    public init(
        plan: RoutingPlan, view: PerformanceView, seed: UInt64, circumstances: Circumstances = .none
    ) {
        self.plan = plan
        self.view = view
        self.seed = seed
        self.circumstances = circumstances
    }

    /// Throws the fault that ends the task when nobody can take it.
    public func route(_ task: TaskRecord, tried: [AgentID] = [], at now: Date) throws(TaskFault) -> Route {
        var fresh: Route?
        let recorded = try circumstances.recall(.route, of: "\(task.id)/\(task.attempt + 1)") {
            () throws(TaskFault) in
            let route = try decide(task, tried: tried, at: now)
            fresh = route
            return RecordedRoute(route)
        }
        let prompt = view.directory.snapshot.agents[recorded.agentID]?.promptID
        return fresh ?? recorded.route(of: task, prompt: task.pin?.promptID ?? prompt)
    }

    private func decide(_ task: TaskRecord, tried: [AgentID], at now: Date) throws(TaskFault) -> Route {
        if let deadline = task.deadline, deadline <= now {
            throw TaskFault(.deadlineExceeded, "the deadline passed before an agent could begin")
        }
        let category = task.ownCategory
        let request = RoutingRequest(
            category: category, constraints: task.constraints, pinnedAgent: task.pin?.agentID, tried: Set(tried))
        let (decision, candidates) = decide(request, complexity: task.complexity, seed: drawSeed(task))
        switch decision {
        case .failure(let refusal):
            throw refusal.fault
        case .success(let decision):
            view.count(decision, in: category, among: candidates)
            return route(task, decision)
        }
    }

    /// Who would get a task now, and whom it was chosen among. Nothing comes of it.
    public func decide(
        _ request: RoutingRequest, complexity: Int?, seed: Int64
    ) -> (decision: Result<RoutingDecision, RoutingRefusal>, candidates: [RoutingCandidate]) {
        let (candidates, context) = view.outlook(for: request.category, complexity: complexity)
        var request = request
        request.recommended = recommended(request.category)
        return (plan.decide(request, among: candidates, in: context, seed: seed), candidates)
    }

    /// A route came to nothing: its task was in hand already.
    public func takeBack(_ route: Route) {
        view.takeBack(route)
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

extension TaskRecord {
    /// A task that came without a category is recorded as general with its first route, and stays anybody's.
    fileprivate var ownCategory: HoneCore.Category? { attempt > 0 && category == .general ? nil : category }
}

extension UUID {
    fileprivate var lowBits: UInt64 {
        withUnsafeBytes(of: uuid) { UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) }
    }
}
