import HoneCore
import HoneStore

/// A routing decision as a recording keeps it. The prompt is left out: which one an agent has, the record says.
struct RecordedRoute: Codable {
    var agentID: AgentID
    var category: HoneCore.Category?
    var complexity: Int?
    var categoryConfidence: Double?
    var complexityEstimated: Bool
    var policy: String
    var candidates: [AgentID]
    var scores: [Double]
    var propensities: [Double]
    var featureNames: [String]
    var features: [Double]
    var reason: String
    var seed: Int64

    init(_ route: Route) {
        agentID = route.agentID
        category = route.category
        complexity = route.complexity
        categoryConfidence = route.categoryConfidence
        complexityEstimated = route.complexityEstimated
        let decision = route.decision
        policy = decision.policy
        candidates = decision.candidates
        scores = decision.scores
        propensities = decision.propensities
        featureNames = decision.featureNames
        features = decision.features
        reason = decision.reason
        seed = decision.seed
    }

    func route(of task: TaskRecord, prompt: PromptID?) -> Route {
        let attempt = task.attempt + 1
        return Route(
            taskID: task.id, attempt: attempt, agentID: agentID, promptID: prompt, category: category,
            complexity: complexity, categoryConfidence: categoryConfidence, complexityEstimated: complexityEstimated,
            decision: DecisionRecord(
                id: RoutingDecisionID(derivedFrom: task.id, "decision/\(attempt)"), policy: policy,
                candidates: candidates, scores: scores, propensities: propensities, featureNames: featureNames,
                features: features, reason: reason, seed: seed))
    }
}
