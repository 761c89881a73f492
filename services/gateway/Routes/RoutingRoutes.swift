import HoneAPI
import HoneCore
import HoneIntelligence
import HoneService
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
        router.on(.get, "/api/routing", for: .viewer) { request, _ in try await summary(request) }
        router.on(.get, "/api/routing/evaluation", for: .viewer) { request, _ in try await evaluation(request) }
        router.on(.post, "/api/routing/preview", for: .viewer) { request, _ in
            Answer(try await preview.answer(request.declared(PreviewRequest.self)))
        }
    }

    private func summary(_ request: Request) async throws -> Answer<RoutingBody> {
        let period = try Period(Query(request), days: 1)
        let coverage = try await backend.store.routing.joinCoverage(
            from: period.from, to: period.to, limit: PolicyEvaluationBody.mostDecisions)
        return Answer(RoutingBody(backend.settings.routingPolicy, from: period.from, to: period.to, coverage))
    }

    private func evaluation(_ request: Request) async throws -> Answer<PolicyEvaluationBody> {
        let query = Query(request)
        let period = try Period(query, days: 30)
        guard let policy = try query.word("policy", RoutingPolicyName.self) else {
            throw InvalidValue(path: "policy", found: "nothing", expected: "thompson, greedy, ucb or round_robin")
        }
        let outcomes = try await backend.store.routing.outcomes(
            from: period.from, to: period.to, limit: PolicyEvaluationBody.mostDecisions)
        do throws(EvaluationRefusal) {
            return Answer(try PolicyEvaluationBody(policy, from: period.from, to: period.to, outcomes: outcomes))
        } catch {
            throw Problem(status: .conflict, code: "no_support", detail: "\(policy.rawValue): \(error)")
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
