public import Foundation
public import HoneCore
public import HoneIntelligence
public import HoneStore

/// Decides who gets a task, and puts the decision in the form that is kept.
public struct RoutingDesk: Sendable {
    let plan: RoutingPlan
    let view: PerformanceView
    let classifier: Classifier
    /// With the task and the attempt it fixes every draw, whatever order tasks arrive in.
    let seed: UInt64
    let circumstances: Circumstances

    public init(
        plan: RoutingPlan, view: PerformanceView, classifier: Classifier, seed: UInt64,
        circumstances: Circumstances = .none
    ) {
        self.plan = plan
        self.view = view
        self.classifier = classifier
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
        return fresh ?? recorded.route(of: task, prompt: prompt(of: recorded.agentID, for: task))
    }

    private func decide(_ task: TaskRecord, tried: [AgentID], at now: Date) throws(TaskFault) -> Route {
        if let deadline = task.deadline, deadline <= now {
            throw TaskFault(.deadlineExceeded, "the deadline passed before an agent could begin")
        }
        let request = RoutingRequest(
            category: nil, constraints: task.constraints, pinnedAgent: task.pin?.agentID,
            requiredTools: task.constraints.tools ?? [], tried: Set(tried))
        let (decision, kind) = decide(
            request, classifier.classify(of: task), seed: drawSeed(task))
        switch decision {
        case .failure(let refusal):
            throw refusal.fault
        case .success(let decision):
            view.count(decision, in: kind.category)
            return route(task, kind, decision)
        }
    }

    /// Who would get a task of this kind now, and what it was taken for. Nothing comes of it.
    ///
    /// A category that only the classifier gave must not leave a task without an agent: then it is anybody's.
    public func decide(
        _ request: RoutingRequest, _ kind: Classification, seed: Int64
    ) -> (decision: Result<RoutingDecision, RoutingRefusal>, kind: Classification) {
        let decision = decide(request, in: kind.category, complexity: kind.complexity, seed: seed)
        guard case .failure = decision, let confidence = kind.categoryConfidence, confidence > 0 else {
            return (decision, kind)
        }
        var anything = kind
        anything.category = nil
        anything.categoryConfidence = 0
        return (decide(request, in: nil, complexity: kind.complexity, seed: seed), anything)
    }

    private func decide(
        _ request: RoutingRequest, in category: HoneCore.Category?, complexity: Int?, seed: Int64
    ) -> Result<RoutingDecision, RoutingRefusal> {
        let (candidates, context) = view.outlook(for: category, complexity: complexity)
        var request = request
        request.category = category
        request.recommended = recommended(category)
        return plan.decide(request, among: candidates, in: context, seed: seed)
    }

    /// Attempts tell which models cannot be reached.
    public func notice(_ fault: TaskFault, by agent: AgentID?, at time: Date) {
        guard fault.code == .modelUnavailable, let agent else { return }
        view.noteOutage(of: agent, at: time)
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

    /// What the task pins, else what the agent does it with. A trial never meets a canary.
    private func prompt(of agent: AgentID, for task: TaskRecord) -> PromptID? {
        if let pinned = task.pin?.promptID { return pinned }
        guard let agent = view.directory.snapshot.agents[agent] else { return nil }
        return task.experimentID == nil ? agent.prompt(for: task.id) : agent.promptID
    }

    private func route(_ task: TaskRecord, _ kind: Classification, _ decision: RoutingDecision) -> Route {
        let attempt = task.attempt + 1
        return Route(
            taskID: task.id, attempt: attempt, agentID: decision.chosen,
            promptID: prompt(of: decision.chosen, for: task), category: kind.category ?? task.category ?? .general,
            complexity: kind.complexity, categoryConfidence: kind.categoryConfidence,
            complexityEstimated: kind.complexityEstimated,
            decision: DecisionRecord(
                id: RoutingDecisionID(derivedFrom: task.id, "decision/\(attempt)"),
                policy: task.pin?.agentID == nil ? decision.policy.rawValue : "pinned",
                candidates: decision.candidates, scores: decision.scores, propensities: decision.propensities,
                featureNames: ["utility_mean", "utility_deviation"],
                features: decision.beliefs.flatMap { [$0.mean, $0.deviation] },
                reason: decision.reason, seed: decision.seed))
    }
}

extension Classifier {
    /// A task is classified with its first route. One that was then of no category is recorded as general, and stays
    /// anybody's.
    fileprivate func classify(of task: TaskRecord) -> Classification {
        guard task.attempt > 0 else {
            return classify(task.input, task.constraints, category: task.category, complexity: task.complexity)
        }
        return Classification(
            category: task.category == .general ? nil : task.category, complexity: task.complexity)
    }
}

extension UUID {
    fileprivate var lowBits: UInt64 {
        withUnsafeBytes(of: uuid) { UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) }
    }
}
