import HoneCore
import HoneModels
import HoneStore

/// `kind: Agent`. What a file does not say of lifecycle and review criteria stays as it is on record.
struct AgentResource: Resource {
    static let kind = "Agent"
    static let rank = 1

    var id: AgentID
    var nickname: String
    var type: AgentType
    var roles: [AgentRole]
    var lifecycle: AgentLifecycle?
    var specialization: [Category]
    var model: ModelID?
    var parameters: ModelParameters
    var tools: [String]
    var capacity: Int
    var reviewCriteria: [String: String]?
    var prompt: PromptTemplate?

    var name: String { id.rawValue }

    enum CodingKeys: String, CodingKey {
        case id, nickname, type, roles, lifecycle, specialization, model, parameters, tools, capacity, prompt
        case reviewCriteria = "review_criteria"
    }

    init(from decoder: any Decoder) throws {
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

    init(_ stored: StoredAgent, prompt: PromptTemplate?) {
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
        self.prompt = prompt
    }

    func validate() throws(InvalidValue) {
        try ResourceRules.notEmpty(nickname, "nickname")
        try ResourceRules.atLeast(1, capacity, "capacity")
        guard let prompt else { return }
        do {
            try PromptRenderer().validate(prompt)
        } catch {
            let place = error.line.map { "in its line \($0): " } ?? ""
            throw InvalidValue(path: "prompt.\(error.part)", found: place + error.reason, expected: "a template")
        }
    }

    func agent(besides known: StoredAgent?) -> Agent {
        Agent(
            id: id, nickname: nickname, type: type, roles: Set(roles),
            lifecycle: lifecycle ?? known?.agent.lifecycle ?? .live, specialization: specialization, model: model,
            parameters: parameters, tools: tools, capacity: capacity)
    }
}
