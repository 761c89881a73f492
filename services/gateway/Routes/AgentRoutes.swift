import HTTPTypes
import HoneAPI
import HoneCore
import HoneService
import HoneStore
import Hummingbird

/// Agents: who there is, and how they do.
struct AgentRoutes: RouteArea {
    let backend: Backend

    func add(to router: Router<GatewayContext>) {
        router.on(.get, "/api/agents", for: .viewer) { request, _ in try await list(request) }
        router.on(.post, "/api/agents", for: .operator) { try await create($0, $1) }
        router.on(.get, "/api/agents/:id", for: .viewer) { _, context in try await show(context) }
        router.on(.put, "/api/agents/:id", for: .operator) { try await replace($0, $1) }
        router.on(.delete, "/api/agents/:id", for: .operator) { _, context in try await retire(context) }
        router.on(.get, "/api/agents/:id/status", for: .viewer) { _, context in try await status(context) }
        router.on(.post, "/api/agents/:id/compile", for: .operator) { _, context in
            try await compile(context)
        }
        router.on(.get, "/api/agents/:id/performance", for: .viewer) { try await performance($0, $1) }
    }

    private var store: Store { backend.store }

    private func list(_ request: Request) async throws -> Answer<Page<AgentBody>> {
        let query = Query(request)
        let filter = AgentFilter(
            lifecycle: try query.word("lifecycle", AgentLifecycle.self), type: try query.word("type", AgentType.self),
            category: try query.name("category", of: HoneCore.Category.self))
        let limit = try query.limit()
        let agents = try await store.agents.list(filter, after: query.cursor(AgentID.self), limit: limit + 1)
        let bodies = try await AgentBody.all(agents, in: store)
        return Answer(try Page(bodies, limit: limit, place: \.id) { $0 })
    }

    private func show(_ context: GatewayContext) async throws -> Answer<AgentBody> {
        Answer(try await body(of: backend.agent(in: context)))
    }

    private func body(of agent: StoredAgent) async throws -> AgentBody {
        guard let body = try await AgentBody.all([agent], in: store).first else { throw Problem.notFound("such agent") }
        return body
    }

    private func create(_ request: Request, _ context: GatewayContext) async throws -> Answer<AgentBody> {
        let resource = try await request.resource(AgentResource.self)
        let body = try await put(resource, isNew: true, by: context)
        return Answer(body, status: .created, headers: [.location: "/api/agents/\(resource.id.inPath)"])
    }

    private func replace(_ request: Request, _ context: GatewayContext) async throws -> Answer<AgentBody> {
        let id = try context.name("id", of: "such agent") as AgentID
        let resource = try await request.resource(AgentResource.self, named: id.rawValue)
        return Answer(try await put(resource, isNew: false, by: context))
    }

    private func put(_ resource: AgentResource, isNew: Bool, by context: GatewayContext) async throws -> AgentBody {
        let applied = try await store.transaction { store in
            let known = try await store.agents.load(resource.id)
            if isNew, known != nil { throw Problem.conflict("There is an agent \(resource.id) already.") }
            if !isNew, known == nil { throw Problem.notFound("agent \(resource.id)") }
            try await checkPrompt(of: resource, known, in: store)
            let applied = try await resource.apply(to: store)
            try await store.audit.record(
                actor: context.actor, action: isNew ? "agent.create" : "agent.update", subjectKind: "agent",
                subjectID: resource.id.rawValue, details: try resource.document)
            return applied
        }
        await backend.announce(applied.prompts)
        return try await body(of: backend.agent(resource.id))
    }

    /// A production prompt changes through the registry alone, where it is tried and approved.
    private func checkPrompt(of resource: AgentResource, _ known: StoredAgent?, in store: Store) async throws {
        guard let prompt = resource.prompt, known != nil,
            let present = try await store.prompts.production(of: resource.id), present.prompt.template != prompt
        else { return }
        throw Problem.conflict(
            "The agent has prompt \(present.prompt.version) in production: leave `prompt` out, and add the new one with "
                + "POST /api/prompts.")
    }

    /// It takes no new tasks; those that it has in hand it finishes.
    private func retire(_ context: GatewayContext) async throws -> Answer<AgentBody> {
        let agent = try await backend.agent(in: context)
        try await store.transaction { store in
            _ = try await store.agents.move(agent.id, to: .retired)
            try await store.audit.record(
                actor: context.actor, action: "agent.retire", subjectKind: "agent", subjectID: agent.id.rawValue)
        }
        return Answer(try await body(of: backend.agent(agent.id)))
    }

    private func compile(_ context: GatewayContext) async throws -> Answer<CompilationBody> {
        let agent = try await backend.agent(in: context)
        try await backend.directory.refresh()
        let prompt = try await store.prompts.production(of: agent.id)?.prompt.template
        return Answer(Compilation(agent, in: backend.directory, prompt: prompt).body)
    }

    private func status(_ context: GatewayContext) async throws -> Answer<AgentStatusBody> {
        let agent = try await backend.agent(in: context)
        let inFlight = try await store.routing.inFlight()[agent.id] ?? 0
        let running = try await store.evaluations.list(of: agent.id, status: .running, limit: 1)
        return Answer(
            AgentStatusBody(
                agent, inFlight: inFlight, isEvaluated: !running.isEmpty,
                last: try await store.agents.lastAttempt(of: agent.id),
                prompt: try await store.prompts.production(of: agent.id)))
    }

    private func performance(_ request: Request, _ context: GatewayContext) async throws -> Answer<PerformanceBody> {
        let agent = try await backend.agent(in: context)
        let query = Query(request)
        let period = try Period(query, days: 30)
        return Answer(
            try await PerformanceBody.load(
                agent.id, in: period.from...period.to, model: query.name("model", of: ModelID.self), from: store))
    }
}
