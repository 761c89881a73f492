public import Foundation
public import HoneCore
public import HoneStore

/// An agent, and what it has in hand.
public struct AgentBody: Codable, Sendable {
    public var id: AgentID
    public var nickname: String
    public var type: AgentType
    public var lifecycle: AgentLifecycle
    public var roles: [AgentRole]
    public var specialization: [HoneCore.Category]
    @OrNull public var model: ModelID?
    public var parameters: ModelParameters
    public var tools: [String]
    public var capacity: Int
    public var reviewCriteria: [String: String]
    public var inFlight: Int
    @OrNull public var promptID: PromptID?
    /// Its production prompt.
    @OrNull public var prompt: PromptTemplate?
    public var createdAt: Date
    public var updatedAt: Date

    enum CodingKeys: String, CodingKey {
        case id, nickname, type, lifecycle, roles, specialization, model, parameters, tools, capacity, prompt
        case reviewCriteria = "review_criteria"
        case inFlight = "in_flight"
        case promptID = "prompt_id"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    public init(_ stored: StoredAgent, inFlight: Int, prompt: PromptTemplate?) {
        let agent = stored.agent
        id = agent.id
        nickname = agent.nickname
        type = agent.type
        lifecycle = agent.lifecycle
        roles = agent.roles.sorted { $0.rawValue < $1.rawValue }
        specialization = agent.specialization
        model = agent.model
        parameters = agent.parameters
        tools = agent.tools
        capacity = agent.capacity
        reviewCriteria = stored.reviewCriteria
        self.inFlight = inFlight
        promptID = stored.promptID
        self.prompt = prompt
        createdAt = stored.createdAt
        updatedAt = stored.updatedAt
    }
}

extension AgentBody {
    /// These agents with their work in hand and their production prompts.
    public static func all(_ agents: [StoredAgent], in store: Store) async throws -> [AgentBody] {
        let inFlight = try await store.routing.inFlight()
        let prompts = try await store.prompts.load(agents.compactMap(\.promptID))
        let templates = Dictionary(prompts.map { ($0.prompt.id, $0.prompt.template) }) { first, _ in first }
        return agents.map { agent in
            AgentBody(agent, inFlight: inFlight[agent.id] ?? 0, prompt: agent.promptID.flatMap { templates[$0] })
        }
    }
}
