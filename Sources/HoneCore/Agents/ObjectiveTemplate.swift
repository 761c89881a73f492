/// What good work in a category is, and who is thought to be good at it.
public struct ObjectiveTemplate: Hashable, Sendable, Codable {
    public var category: Category
    public var description: String
    /// The judge's rubric, per score name.
    public var evaluationCriteria: [String: String]
    public var recommendedAgents: [AgentID]
    /// nil uses `ScoreWeights.standard`.
    public var weights: ScoreWeights?

    public init(
        category: Category, description: String = "", evaluationCriteria: [String: String] = [:],
        recommendedAgents: [AgentID] = [], weights: ScoreWeights? = nil
    ) {
        self.category = category
        self.description = description
        self.evaluationCriteria = evaluationCriteria
        self.recommendedAgents = recommendedAgents
        self.weights = weights
    }

    private enum CodingKeys: String, CodingKey {
        case category, description, weights
        case evaluationCriteria = "evaluation_criteria"
        case recommendedAgents = "recommended_agents"
    }
}
