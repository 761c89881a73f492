import HTTPTypes
import HoneAPI
import HoneCore
import HoneService
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
        router.on(.post, "/api/prompts/:id/labels", for: .operator) { try await label($0, $1) }
        router.on(.post, "/api/prompts/:id/approve", for: .approver) { try await approve($0, $1) }
        router.on(.post, "/api/prompts/:id/reject", for: .approver) { try await reject($0, $1) }
    }

    private var prompts: Prompts { backend.store.prompts }

    private func list(_ request: Request) async throws -> Answer<Page<PromptBody>> {
        let query = Query(request)
        let filter = PromptFilter(
            agentID: try query.name("agent_id", of: AgentID.self), agentType: query.text("agent_type"),
            state: try query.word("state", PromptLifecycle.self), label: query.text("label"))
        return Answer(
            try await PromptBody.page(
                filter, after: query.place(of: PromptID.self), limit: query.limit(), from: backend.store))
    }

    private func show(_ context: GatewayContext) async throws -> Answer<PromptBody> {
        Answer(try await body(of: context.id("id", of: "such prompt")))
    }

    private func body(of id: PromptID) async throws -> PromptBody {
        guard let body = try await PromptBody.load(id, from: backend.store) else {
            throw Problem.notFound("prompt \(id)")
        }
        return body
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
        guard let body = try await LineageBody.load(id, from: backend.store) else {
            throw Problem.notFound("prompt \(id)")
        }
        return Answer(body)
    }

    private func label(_ request: Request, _ context: GatewayContext) async throws -> Answer<PromptBody> {
        let id = try context.id("id", of: "such prompt") as PromptID
        let wanted = try await request.declared(LabelRequest.self)
        try wanted.validate()
        _ = try await history(of: id)
        try await wanted.apply(to: id, in: backend.store, by: context.actor)
        return Answer(try await body(of: id))
    }

    private func diff(_ request: Request, _ context: GatewayContext) async throws -> Answer<PromptDiffBody> {
        let id = try context.id("id", of: "such prompt") as PromptID
        let named = try Query(request).id("against", of: PromptID.self)
        guard let body = try await PromptDiffBody.load(id, against: named, from: backend.store) else {
            throw Problem.notFound("prompt \(id)")
        }
        return Answer(body)
    }

    private func approve(_ request: Request, _ context: GatewayContext) async throws -> Answer<PromptMoveBody> {
        let id = try context.id("id", of: "such prompt") as PromptID
        let wanted = try await request.declaredIfAny(ApprovalRequest.self) ?? ApprovalRequest()
        return try await backend.announce(
            backend.promotion.approve(id, PromotionWish(wanted), by: context.actor))
    }

    private func reject(_ request: Request, _ context: GatewayContext) async throws -> Answer<PromptMoveBody> {
        let id = try context.id("id", of: "such prompt") as PromptID
        let reason = try await request.declaredIfAny(ReasonRequest.self)?.reason
        return try await backend.announce(
            backend.promotion.reject(id, by: context.actor, because: reason ?? "rejected"))
    }
}

extension PromotionWish {
    init(_ request: ApprovalRequest) {
        self.init(share: request.share, isForced: request.force ?? false, reason: request.reason)
    }

    init(_ request: DeployRequest, of optimization: OptimizationID) {
        self.init(
            share: request.share, isForced: request.force ?? false,
            reason: request.reason ?? (request.force == true ? nil : "the best of optimization \(optimization)"))
    }
}
