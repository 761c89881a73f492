import HTTPTypes
import HoneAPI
import HoneCore
import HoneStore
import Hummingbird

/// The registry of prompts: what agents say to their models, and where each version stands.
struct PromptRoutes: RouteArea {
    let backend: Backend

    func add(to router: Router<GatewayContext>) {
        router.on(.get, "/api/prompts", for: .viewer) { request, _ in try await list(request) }
        router.on(.post, "/api/prompts", for: .operator) { try await create($0, $1) }
        router.on(.get, "/api/prompts/:id", for: .viewer) { _, context in try await show(context) }
        router.on(.get, "/api/prompts/:id/lineage", for: .viewer) { _, context in try await lineage(context) }
        router.on(.get, "/api/prompts/:id/diff", for: .viewer) { try await diff($0, $1) }
        router.on(.post, "/api/prompts/:id/approve", for: .approver) { try await decide(.production, $0, $1) }
        router.on(.post, "/api/prompts/:id/reject", for: .approver) { try await decide(.archived, $0, $1) }
    }

    private var prompts: Prompts { backend.store.prompts }

    private func list(_ request: Request) async throws -> Answer<Page<PromptBody>> {
        let query = Query(request)
        let filter = PromptFilter(
            agentID: try query.name("agent_id", of: AgentID.self), agentType: query.text("agent_type"),
            state: try query.word("state", PromptLifecycle.self))
        let limit = try query.limit()
        let found = try await prompts.list(filter, after: query.place(of: PromptID.self), limit: limit + 1)
        let place = { (history: PromptHistory) in
            TimePlace(history.stored.createdAt, id: history.id.description)
        }
        return Answer(try Page(found, limit: limit, place: place) { PromptBody($0) })
    }

    private func show(_ context: GatewayContext) async throws -> Answer<PromptBody> {
        Answer(try await body(of: context.id("id", of: "such prompt")))
    }

    private func body(of id: PromptID) async throws -> PromptBody {
        PromptBody(try await history(of: id), transitions: try await prompts.transitions(of: id))
    }

    private func history(of id: PromptID) async throws -> PromptHistory {
        guard let history = try await prompts.history(of: id) else { throw Problem.notFound("prompt \(id)") }
        return history
    }

    private func create(_ request: Request, _ context: GatewayContext) async throws -> Answer<PromptBody> {
        let wanted = try await request.declared(PromptRequest.self)
        try wanted.validate()
        let id = try await backend.store.transaction { store in
            try await AddPrompt(store: store, actor: context.actor).add(wanted)
        }
        return Answer(try await body(of: id), status: .created, headers: [.location: "/api/prompts/\(id)"])
    }

    private func lineage(_ context: GatewayContext) async throws -> Answer<LineageBody> {
        let id = try context.id("id", of: "such prompt") as PromptID
        let family = try await prompts.family(of: id)
        guard !family.isEmpty else { throw Problem.notFound("prompt \(id)") }
        return Answer(LineageBody(of: id, family))
    }

    /// Against the prompt that `against` names, else its first parent, else what is in production.
    private func diff(_ request: Request, _ context: GatewayContext) async throws -> Answer<PromptDiffBody> {
        let history = try await history(of: context.id("id", of: "such prompt"))
        let named = try Query(request).id("against", of: PromptID.self)
        let agent = history.stored.prompt.agentID
        let production = try await prompts.production(of: agent)?.prompt.id
        guard let against = named ?? history.parents.first ?? production else { throw InvalidValue.missing("against") }
        guard let other = try await prompts.load(against) else {
            throw InvalidValue(path: "against", found: "\"\(against)\"", expected: "a prompt on record")
        }
        return Answer(PromptDiffBody(history.stored.prompt, against: other.prompt))
    }

    private func decide(
        _ state: PromptLifecycle, _ request: Request, _ context: GatewayContext
    ) async throws -> Answer<PromptBody> {
        let id = try context.id("id", of: "such prompt") as PromptID
        let reason = try await request.declaredIfAny(ReasonRequest.self)?.reason
        let history = try await history(of: id)
        let move = MovePrompt(backend: backend, agent: try await backend.agent(history.stored.prompt.agentID))
        let isApproval = state == .production
        try await move.decide(
            id, to: state, by: context.actor, because: reason ?? (isApproval ? "approved" : "rejected"),
            action: isApproval ? "prompt.approve" : "prompt.reject")
        return Answer(try await body(of: id))
    }
}
