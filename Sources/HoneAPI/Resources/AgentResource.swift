public import HoneCore
public import HoneStore

/// `kind: Agent`. What a file does not say of lifecycle, budget and review criteria stays as it is on record.
public struct AgentResource: Resource {
    public static let kind = "Agent"
    public static let rank = 1

    public var id: AgentID
    public var nickname: String
    public var type: AgentType
    public var roles: [AgentRole]
    public var lifecycle: AgentLifecycle?
    public var specialization: [Category]
    public var model: ModelID?
    public var parameters: ModelParameters
    public var tools: [String]
    public var capacity: Int
    public var reviewCriteria: [String: String]?
    public var budget: AgentBudget?
    public var prompt: PromptTemplate?

    public var name: String { id.rawValue }

    enum CodingKeys: String, CodingKey {
        case id, nickname, type, roles, lifecycle, specialization, model, parameters, tools, capacity, budget, prompt
        case reviewCriteria = "review_criteria"
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(AgentID.self, forKey: .id)
        nickname = try fields.decodeIfPresent(String.self, forKey: .nickname) ?? id.rawValue
        type = try fields.decodeWordIfPresent(AgentType.self, forKey: .type) ?? .llm
        roles = try Self.roles(in: fields)
        lifecycle = try fields.decodeWordIfPresent(AgentLifecycle.self, forKey: .lifecycle)
        specialization = try fields.decodeIfPresent([Category].self, forKey: .specialization) ?? []
        model = try fields.decodeIfPresent(ModelID.self, forKey: .model)
        parameters = try fields.decodeIfPresent(ModelParameters.self, forKey: .parameters) ?? .init()
        tools = try fields.decodeIfPresent([String].self, forKey: .tools) ?? []
        capacity = try fields.decodeIfPresent(Int.self, forKey: .capacity) ?? 4
        reviewCriteria = try fields.decodeIfPresent([String: String].self, forKey: .reviewCriteria)
        budget = try fields.decodeIfPresent(AgentBudget.self, forKey: .budget)
        prompt = try fields.decodeIfPresent(PromptTemplate.self, forKey: .prompt)
    }

    private static func roles(in fields: KeyedDecodingContainer<CodingKeys>) throws -> [AgentRole] {
        let words = try fields.decodeIfPresent([String].self, forKey: .roles) ?? [AgentRole.worker.rawValue]
        return try words.map { word in
            guard let role = AgentRole(rawValue: word) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .roles, in: fields, debugDescription: "a list of worker, reviewer")
            }
            return role
        }
    }

    public init(_ stored: StoredAgent, prompt: PromptTemplate?, dailyCap: MicroUSD? = nil) {
        let agent = stored.agent
        id = agent.id
        nickname = agent.nickname
        type = agent.type
        roles = agent.roles.sorted { $0.rawValue < $1.rawValue }
        lifecycle = agent.lifecycle
        specialization = agent.specialization
        model = agent.model
        parameters = agent.parameters
        tools = agent.tools
        capacity = agent.capacity
        reviewCriteria = stored.reviewCriteria
        budget = dailyCap.map { AgentBudget(dailyUSD: $0.dollars) }
        self.prompt = prompt
    }

    public func validate() throws(InvalidValue) {
        try ResourceRules.notEmpty(nickname, "nickname")
        try ResourceRules.capacity(capacity, "capacity")
        try budget?.validate(at: "budget")
        try prompt?.validate(at: "prompt")
    }

    func agent(besides known: StoredAgent?) -> Agent {
        Agent(
            id: id, nickname: nickname, type: type, roles: Set(roles),
            lifecycle: lifecycle ?? known?.agent.lifecycle ?? .live, specialization: specialization, model: model,
            parameters: parameters, tools: tools, capacity: capacity)
    }
}
