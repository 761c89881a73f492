public import HoneCore
public import HoneStore

/// `kind: ObjectiveTemplate`.
public struct TemplateResource: Resource {
    public static let kind = "ObjectiveTemplate"
    public static let rank = 2

    public var template: ObjectiveTemplate

    public var name: String { template.category.rawValue }

    private enum CodingKeys: String, CodingKey {
        case category, description, weights
        case evaluationCriteria = "evaluation_criteria"
        case recommendedAgents = "recommended_agents"
    }

    public init(_ template: ObjectiveTemplate) {
        self.template = template
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        template = ObjectiveTemplate(
            category: try fields.decode(Category.self, forKey: .category),
            description: try fields.decodeIfPresent(String.self, forKey: .description) ?? "",
            evaluationCriteria: try fields.decodeIfPresent([String: String].self, forKey: .evaluationCriteria) ?? [:],
            recommendedAgents: try fields.decodeIfPresent([AgentID].self, forKey: .recommendedAgents) ?? [],
            weights: try fields.decodeIfPresent(ScoreWeights.self, forKey: .weights))
    }

    public func encode(to encoder: any Encoder) throws { try template.encode(to: encoder) }

    public func validate() throws(InvalidValue) {
        guard let weights = template.weights else { return }
        let all = [
            ("accuracy", weights.accuracy), ("relevance", weights.relevance),
            ("completeness", weights.completeness), ("efficiency", weights.efficiency),
        ]
        for (name, weight) in all { try ResourceRules.atLeast(0, weight, "weights.\(name)") }
        guard all.contains(where: { $0.1 > 0 }) else {
            throw InvalidValue(path: "weights", found: "only zeros", expected: "at least one weight above 0")
        }
    }

    public func apply(to store: Store) async throws -> Applied {
        Applied(change: try await store.templates.apply(template))
    }

    public static func stored(in store: Store) async throws -> [TemplateResource] {
        try await store.templates.all().map { TemplateResource($0) }
    }
}
