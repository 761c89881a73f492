import Foundation
import HoneAPI
import HoneCore
import HoneStore
import Hummingbird

/// What was tried, and what waits for a person's word.
struct ExperimentRoutes: RouteArea {
    private static let kinds = ["trial", "validation", "gate", "canary", "evaluation", "ablation"]
    private static let states = ["running", "completed", "inconclusive", "failed", "cancelled"]

    let backend: Backend

    func add(to router: Router<GatewayContext>) {
        router.on(.get, "/api/experiments", for: .viewer) { request, _ in try await list(request) }
        router.on(.get, "/api/experiments/:id", for: .viewer) { _, context in try await show(context) }
        router.on(.get, "/api/candidates", for: .viewer) { request, _ in try await candidates(request) }
    }

    private func list(_ request: Request) async throws -> Answer<Page<ExperimentBody>> {
        let query = Query(request)
        let filter = ExperimentFilter(
            agentID: try query.name("agent_id", of: AgentID.self),
            promptID: try query.id("prompt_id", of: PromptID.self),
            optimizationID: try query.id("optimization_id", of: OptimizationID.self),
            kind: try query.word("kind", among: Self.kinds), status: try query.word("status", among: Self.states))
        let limit = try query.limit()
        let found = try await backend.store.experiments.list(
            filter, after: query.place(of: ExperimentID.self), limit: limit + 1)
        let place = { (record: ExperimentRecord) in TimePlace(record.createdAt, id: record.id.description) }
        return Answer(try Page(found, limit: limit, place: place, item: ExperimentBody.init))
    }

    private func show(_ context: GatewayContext) async throws -> Answer<ExperimentBody> {
        let id = try context.id("id", of: "such experiment") as ExperimentID
        guard let record = try await backend.store.experiments.load(id) else {
            throw Problem.notFound("experiment \(id)")
        }
        return Answer(ExperimentBody(record))
    }

    private func candidates(_ request: Request) async throws -> Answer<Page<CandidateBody>> {
        let query = Query(request)
        return Answer(
            try await CandidateBody.page(
                of: query.name("agent_id", of: AgentID.self), after: query.place(of: PromptID.self),
                limit: query.limit(), from: backend.store, at: Date()))
    }
}
