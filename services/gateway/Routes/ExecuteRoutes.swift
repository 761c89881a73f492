import Foundation
import HoneAPI
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import Hummingbird

/// One agent's work: giving it some, and looking back at it.
struct ExecuteRoutes: RouteArea {
    let backend: Backend

    func add(to router: Router<GatewayContext>) {
        router.on(.post, "/api/execute/:agent_id", for: .publisher) { try await execute($0, $1) }
        router.on(.get, "/api/execute/:agent_id/history", for: .viewer) { try await history($0, $1) }
        router.on(.get, "/api/execute/:agent_id/logs", for: .viewer) { try await logs($0, $1) }
    }

    private func execute(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let agent = try await agent(in: context)
        var task = try await request.json(TaskSubmitted.self)
        if let other = task.pin?.agentID, other != agent {
            throw InvalidValue(path: "pin.agent_id", found: "\"\(other)\"", expected: "\(agent), as in the path")
        }
        task.pin = task.pin ?? TaskPin()
        task.pin?.agentID = agent
        return try await TaskIntake(backend: backend).answer(task, to: request, in: context)
    }

    private func history(_ request: Request, _ context: GatewayContext) async throws -> Answer<Page<ExecutionBody>> {
        let (agent, query) = (try await agent(in: context), Query(request))
        let limit = try query.limit()
        let last = try query.place(of: TaskID.self).map { (endedAt: $0.time, taskID: $0.id) }
        let found = try await backend.store.executions.history(
            of: agent, owner: context.knownCaller.horizon, after: last, limit: limit + 1)
        return Answer(
            try Page(
                found, limit: limit, place: { TimePlace($0.endedAt, id: $0.taskID.description) },
                item: ExecutionBody.init))
    }

    private func logs(_ request: Request, _ context: GatewayContext) async throws -> Answer<Page<AgentLogBody>> {
        let (agent, query, caller) = (try await agent(in: context), Query(request), try context.knownCaller)
        let limit = try query.limit()
        let lines = try await backend.store.logs.lines(
            of: agent, owner: caller.horizon, after: query.numberedPlace(), limit: limit + 1)
        return Answer(
            try Page(lines, limit: limit, place: { TimePlace($0.time, id: "\($0.id)") }) { line in
                AgentLogBody(line, withDetails: caller.access(to: line.owner) == .full)
            })
    }

    private func agent(in context: GatewayContext) async throws -> AgentID {
        let agent: AgentID = try context.name("agent_id", of: "such agent")
        guard try await backend.tasks.rules.knows(agent) else { throw Problem.notFound("such agent") }
        return agent
    }
}
