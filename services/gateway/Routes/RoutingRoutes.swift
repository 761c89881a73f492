import HoneAPI
import HoneCore
import HoneIntelligence
import HoneStore
import Hummingbird

/// Who got which task and why, and who would get one.
struct RoutingRoutes: RouteArea {
    let backend: Backend
    let preview: PreviewDesk

    init(backend: Backend) {
        self.backend = backend
        preview = PreviewDesk(backend)
    }

    func add(to router: Router<GatewayContext>) {
        router.on(.get, "/api/routing/decisions", for: .viewer) { try await decisions($0, $1) }
        router.on(.post, "/api/routing/preview", for: .viewer) { request, _ in
            Answer(try await preview.answer(request.declared(PreviewRequest.self)))
        }
    }

    private func decisions(_ request: Request, _ context: GatewayContext) async throws -> Answer<Page<DecisionBody>> {
        let query = Query(request)
        let filter = DecisionFilter(
            taskID: try query.id("task_id", of: TaskID.self), agentID: try query.name("agent_id", of: AgentID.self),
            policy: try query.word("policy", among: RoutingPolicyName.allCases.map(\.rawValue) + ["pinned"]),
            since: try query.moment("since"), owner: try context.knownCaller.horizon)
        let limit = try query.limit()
        let found = try await backend.store.routing.decisions(
            filter, after: query.place(of: RoutingDecisionID.self), limit: limit + 1)
        return Answer(
            try Page(
                found, limit: limit, place: { TimePlace($0.createdAt, id: $0.decision.id.description) },
                item: DecisionBody.init))
    }
}
