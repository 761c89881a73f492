import HTTPTypes
import HoneAPI
import HoneCore
import HoneStore
import Hummingbird

/// How agents do on benchmarks.
struct EvaluationRoutes: RouteArea {
    let backend: Backend

    func add(to router: Router<GatewayContext>) {
        router.on(.post, "/api/evaluate/:agent_id", for: .operator) { try await start($0, $1) }
        router.on(.get, "/api/evaluate/:agent_id/history", for: .viewer) { try await history($0, $1) }
        router.on(.get, "/api/evaluate/:agent_id/latest", for: .viewer) { try await latest($0, $1) }
        router.on(.post, "/api/evaluate/:agent_id/baseline", for: .operator) { try await markBaseline($0, $1) }
    }

    private var evaluations: Evaluations { backend.store.evaluations }

    private func start(_ request: Request, _ context: GatewayContext) async throws -> Answer<EvaluationBody> {
        let agent = try await backend.agent(in: context, as: "agent_id")
        let wanted = try await request.declared(EvaluationRequest.self)
        let record = try await StartEvaluation(backend: backend).start(agent, wanted, by: context.actor)
        return Answer(
            EvaluationBody(record, withResults: false), status: .accepted,
            headers: [.location: "/api/evaluate/\(agent.id.inPath)/latest"])
    }

    private func history(_ request: Request, _ context: GatewayContext) async throws -> Answer<Page<EvaluationBody>> {
        let agent = try await backend.agent(in: context, as: "agent_id")
        let query = Query(request)
        let limit = try query.limit()
        let found = try await evaluations.list(
            of: agent.id, benchmark: query.text("benchmark"), status: query.word("status", EvaluationStatus.self),
            after: query.place(of: EvaluationID.self), limit: limit + 1)
        let place = { (record: EvaluationRecord) in TimePlace(record.createdAt, id: record.id.description) }
        return Answer(try Page(found, limit: limit, place: place) { EvaluationBody($0, withResults: false) })
    }

    private func latest(_ request: Request, _ context: GatewayContext) async throws -> Answer<EvaluationBody> {
        let agent = try await backend.agent(in: context, as: "agent_id")
        let query = Query(request)
        let found = try await evaluations.list(
            of: agent.id, benchmark: query.text("benchmark"), status: query.word("status", EvaluationStatus.self),
            limit: 1)
        guard let record = found.first else { throw Problem.notFound("such evaluation of \(agent.id)") }
        return Answer(try await body(of: record))
    }

    private func body(of record: EvaluationRecord) async throws -> EvaluationBody {
        guard record.results == nil, let experiment = record.experimentID else {
            let comparison = try await ComparisonBody.load(of: record, from: backend.store)
            return EvaluationBody(record, withResults: true, comparison: comparison)
        }
        return EvaluationBody(record, live: try await evaluations.results(of: experiment), withResults: true)
    }

    /// The evaluation that the body names, else the latest completed one.
    private func markBaseline(_ request: Request, _ context: GatewayContext) async throws -> Answer<EvaluationBody> {
        let agent = try await backend.agent(in: context, as: "agent_id")
        let choice = try await request.declaredIfAny(BaselineRequest.self) ?? BaselineRequest()
        let record = try await evaluation(choice, of: agent.id)
        try await backend.store.transaction { store in
            guard try await store.evaluations.markBaseline(record.id) else {
                throw Problem.conflict("The evaluation is \(record.status.rawValue), not completed.")
            }
            try await store.audit.record(
                actor: context.actor, action: "evaluation.baseline", subjectKind: "evaluation",
                subjectID: record.id.description)
        }
        guard let marked = try await evaluations.load(record.id) else { throw Problem.notFound("such evaluation") }
        return Answer(try await body(of: marked))
    }

    private func evaluation(_ choice: BaselineRequest, of agent: AgentID) async throws -> EvaluationRecord {
        guard let id = choice.evaluationID else {
            let found = try await evaluations.list(
                of: agent, benchmark: choice.benchmark, status: .completed, limit: 1)
            guard let latest = found.first else { throw Problem.conflict("No evaluation of \(agent) is completed.") }
            return latest
        }
        guard let record = try await evaluations.load(id), record.agentID == agent else {
            throw InvalidValue(path: "evaluation_id", found: "\"\(id)\"", expected: "an evaluation of \(agent)")
        }
        return record
    }
}
