public import HoneCore
public import HoneStore
public import ScriptedModel

// Who works in a workshop. Ada's and Bob's models are served apart, so that one can fail while the other works.

extension AgentID {
    public static let ada = AgentID.named("ada")
    public static let bob = AgentID.named("bob")
    /// The two reviewers that come with the migrations.
    public static let kai = AgentID.named("kai")
    public static let maya = AgentID.named("maya")
}

extension ModelID {
    public static let alpha = ModelID.named("alpha")
    public static let beta = ModelID.named("beta")
    public static let judge = ModelID.named("judge")
}

extension Category {
    public static let analysis = Category.named("analysis")
}

extension Name {
    /// A name that a test spells out.
    public static func named(_ text: String) -> Name {
        guard let name = Name(text) else { preconditionFailure("\(text) is no name") }
        return name
    }
}

/// The model servers of a workshop.
public struct ModelServers: Sendable {
    /// Ada's: says that everything is positive.
    public let alpha: ScriptedModel
    /// Bob's: says that everything is negative.
    public let beta: ScriptedModel
    /// Asked by the evaluator and the reviewers: finds everything good.
    public let judge: ScriptedModel

    /// What an answer of Ada's and Bob's models costs per thousand tokens.
    public static let price = ModelPrice(inputPer1K: 1, outputPer1K: 2)

    static func start() async throws -> ModelServers {
        ModelServers(
            alpha: try await ScriptedModel.start(.always(.text("positive"))),
            beta: try await ScriptedModel.start(.always(.text("negative"))),
            judge: try await ScriptedModel.start(Verdicts.script()))
    }

    func stop() async {
        await alpha.stop()
        await beta.stop()
        await judge.stop()
    }

    var approved: [ApprovedModel] {
        let servers: [(ModelID, ScriptedModel)] = [(.alpha, alpha), (.beta, beta), (.judge, judge)]
        return servers.map { id, server in
            ApprovedModel(
                id: id, provider: .openai, baseURL: server.baseURL, model: "wire-\(id)",
                price: id == .judge ? nil : Self.price, concurrency: 16)
        }
    }
}

extension Store {
    /// Puts models, agents and the objective template of ``Category/analysis`` on record.
    func furnish(_ servers: ModelServers) async throws {
        for model in servers.approved { _ = try await models.apply(model) }
        for (agent, model) in [(AgentID.ada, ModelID.alpha), (.bob, .beta)] {
            try await hire(
                Agent(
                    id: agent, specialization: [.analysis], model: model, parameters: ModelParameters(temperature: 0)))
        }
        _ = try await templates.apply(
            ObjectiveTemplate(
                category: .analysis, description: "Say of each text what it feels like.",
                evaluationCriteria: ["accuracy": "The label is the right one."]))
    }

    /// Puts an agent on record with a prompt in production.
    public func hire(_ agent: Agent, prompt: PromptTemplate = PromptTemplate(system: "Answer in one word."))
        async throws
    {
        try await transaction { store in
            _ = try await store.agents.apply(agent)
            _ = try await store.prompts.ensureProduction(
                NewPrompt(agentID: agent.id, template: prompt, actor: "workshop"))
        }
    }
}
