import HTTPTypes
import HoneAPI
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import Hummingbird

/// Searches for better prompts, and what becomes of what they find.
struct OptimizationRoutes: RouteArea {
    private static let states = ["queued", "running", "completed", "failed", "cancelled"]

    let backend: Backend

    func add(to router: Router<GatewayContext>) {
        router.on(.post, "/api/optimize/:agent_id", for: .operator) { try await start($0, $1) }
        router.on(.get, "/api/optimize/:agent_id/status", for: .viewer) { _, context in try await status(context) }
        router.on(.post, "/api/optimize/:agent_id/cancel", for: .operator) { try await cancel($0, $1) }
        router.on(.get, "/api/optimize/:agent_id/history", for: .viewer) { try await history($0, $1) }
        router.on(.get, "/api/optimize/:agent_id/deployment", for: .viewer) { _, context in
            try await deployment(context)
        }
        router.on(.post, "/api/optimize/:agent_id/deploy", for: .approver) { try await deploy($0, $1) }
        router.on(.post, "/api/optimize/:agent_id/rollback", for: .approver) { try await rollBack($0, $1) }
    }

    private var optimizations: Optimizations { backend.store.optimizations }

    private func start(_ request: Request, _ context: GatewayContext) async throws -> Answer<OptimizationBody> {
        let agent = try await backend.agent(in: context, as: "agent_id")
        let wanted = try await request.declared(OptimizationRequest.self)
        let message = wanted.message(OptimizationID(TaskID.new().uuid), agent.id, seed: .random(in: 0 ... .max))
        try message.validate()
        let record = try await queue(message, for: agent, by: context.actor)
        try await backend.transport.publish([Publication(message, id: record.id.uuid)])
        return Answer(
            OptimizationBody(record), status: .accepted,
            headers: [.location: "/api/optimize/\(agent.id.inPath)/status"])
    }

    private func queue(
        _ message: OptimizationRequested, for agent: StoredAgent, by actor: String
    ) async throws -> OptimizationRecord {
        let id = message.optimizationID ?? OptimizationID(TaskID.new().uuid)
        do {
            return try await OptimizationIntake(backend.store).queue(message, as: id, by: actor, alone: true)
        } catch let refusal as OptimizationRefusal {
            switch refusal {
            case .unknownAgent: throw Problem.notFound("agent \(agent.id)")
            case .unfit, .underWay: throw Problem.conflict(refusal.reason)
            }
        }
    }

    private func cancel(_ request: Request, _ context: GatewayContext) async throws -> Answer<OptimizationBody> {
        let agent = try await backend.agent(in: context, as: "agent_id")
        let wanted = try await request.declaredIfAny(CancelRequest.self) ?? CancelRequest()
        let cancelled = try await OptimizationIntake(backend.store).cancel(
            wanted.optimizationID, of: agent.id, by: context.actor, because: wanted.reason)
        guard let cancelled else { throw Problem.conflict("No such optimization of \(agent.id) is under way.") }
        await backend.tell(ProgressMade(endOf: cancelled))
        return Answer(OptimizationBody(cancelled))
    }

    private func status(_ context: GatewayContext) async throws -> Answer<OptimizationBody> {
        let agent = try await backend.agent(in: context, as: "agent_id")
        guard let latest = try await optimizations.list(of: agent.id, limit: 1).first else {
            throw Problem.notFound("optimization of \(agent.id)")
        }
        return Answer(
            OptimizationBody(latest, deployment: try await DeploymentBody.latest(of: agent.id, from: backend.store)))
    }

    private func history(_ request: Request, _ context: GatewayContext) async throws -> Answer<Page<OptimizationBody>> {
        let agent = try await backend.agent(in: context, as: "agent_id")
        let query = Query(request)
        let limit = try query.limit()
        let found = try await optimizations.list(
            of: agent.id, status: query.word("status", among: Self.states),
            after: query.place(of: OptimizationID.self), limit: limit + 1)
        let place = { (record: OptimizationRecord) in TimePlace(record.createdAt, id: record.id.description) }
        return Answer(try Page(found, limit: limit, place: place) { OptimizationBody($0) })
    }

    private func deploy(_ request: Request, _ context: GatewayContext) async throws -> Answer<PromptMoveBody> {
        let agent = try await backend.agent(in: context, as: "agent_id")
        let wanted = try await request.declaredIfAny(DeployRequest.self) ?? DeployRequest()
        let optimization = try await optimization(wanted.optimizationID, of: agent.id)
        guard optimization.status == "completed", let best = optimization.bestPromptID else {
            throw Problem.conflict("The optimization is \(optimization.status) and has no prompt to deploy.")
        }
        let move = try await backend.promotion.approve(
            best, PromotionWish(wanted, of: optimization.id), by: context.actor, as: "prompt.deploy",
            found: optimization.id)
        return try await backend.announce(move)
    }

    private func optimization(_ id: OptimizationID?, of agent: AgentID) async throws -> OptimizationRecord {
        guard let id else {
            guard let latest = try await optimizations.list(of: agent, status: "completed", limit: 1).first else {
                throw Problem.conflict("No optimization of \(agent) is completed.")
            }
            return latest
        }
        guard let record = try await optimizations.load(id), record.agentID == agent else {
            throw InvalidValue(path: "optimization_id", found: "\"\(id)\"", expected: "an optimization of \(agent)")
        }
        return record
    }

    private func rollBack(_ request: Request, _ context: GatewayContext) async throws -> Answer<PromptMoveBody> {
        let agent = try await backend.agent(in: context, as: "agent_id")
        let reason = try await request.declaredIfAny(ReasonRequest.self)?.reason
        return try await backend.announce(
            backend.promotion.rollBack(agent.id, by: context.actor, because: reason ?? "rolled back"))
    }

    private func deployment(_ context: GatewayContext) async throws -> Answer<DeploymentBody> {
        let agent = try await backend.agent(in: context, as: "agent_id")
        guard let body = try await DeploymentBody.latest(of: agent.id, from: backend.store) else {
            throw Problem.notFound("deployment of \(agent.id)")
        }
        return Answer(body)
    }
}
