import HTTPTypes
import HoneCore
import HoneStore
import Hummingbird

/// The WebSockets: `/ws/…`, contract §3.
struct SocketRoutes: RouteArea {
    let backend: Backend
    private var snapshots: Snapshots { Snapshots(backend: backend) }

    func add(to router: Router<GatewayContext>) {
        socket("/ws/tasks", for: .viewer, on: router) { try await tasks($0) }
        socket("/ws/tasks/:id", for: .viewer, on: router) { try await task($0) }
        socket("/ws/optimize/:agent_id", for: .viewer, on: router) { request in
            let agent = try request.agent()
            return try await request.opening(.optimization(agent: agent.rawValue)) {
                try await snapshots.optimization(of: agent)
            }
        }
        socket("/ws/evaluate/:agent_id", for: .viewer, on: router) { request in
            let agent = try request.agent()
            return try await request.opening(.evaluation(agent: agent.rawValue)) { try await snapshots.agent(agent) }
        }
        socket("/ws/leaderboard", for: .viewer, on: router) { request in
            try await request.opening(.leaderboard) { try await snapshots.leaderboard() }
        }
        socket("/ws/logs", for: .operator, on: router) { request in
            try await request.opening(.logs) { try await snapshots.logs() }
        }
        socket("/ws/system", for: .viewer, on: router) { request in
            try await request.opening(.system) { try await snapshots.system() }
        }
    }

    private func socket(
        _ path: RouterPath, for role: Role, on router: Router<GatewayContext>,
        open: @escaping @Sendable (SocketRequest) async throws -> Opening
    ) {
        router.on(.get, path, for: role) { [backend] request, context in
            let handshake = try Handshake(request)
            let asked = try SocketRequest(request, context, context.knownCaller, handshake, backend.hub)
            let opening = try await open(asked)
            return try await SocketUpgrade(hub: backend.hub).answer(handshake, opening, on: context.channel)
        }
    }

    /// A publisher sees its own tasks, a viewer the outlines of all.
    private func tasks(_ request: SocketRequest) async throws -> Opening {
        switch request.caller.role {
        case .publisher:
            let owner = request.caller.id
            return try await request.opening(.tasksOf(owner: owner)) { try await snapshots.tasks(of: owner) }
        case let role:
            return try await request.opening(.tasks(outline: role == .viewer)) { try await snapshots.tasks(of: nil) }
        }
    }

    private func task(_ request: SocketRequest) async throws -> Opening {
        let id: TaskID = try request.context.id("id", of: "such task")
        let isOutline = try await outlines(id, for: request.caller)
        return try await request.opening(.task(id.description, outline: isOutline)) {
            guard let record = try await backend.store.tasks.load(id) else { throw Problem.notFound("task \(id)") }
            return snapshots.task(record, outline: isOutline)
        }
    }

    /// Whether this caller sees no more than the outline of the task. Throws 404 where it may not see even that.
    private func outlines(_ id: TaskID, for caller: Caller) async throws -> Bool {
        guard caller.role < .operator else { return false }
        if try await backend.hub.history.owners.of([id])[id] == caller.id { return false }
        guard caller.role == .viewer else { throw Problem.notFound("task \(id)") }
        return true
    }
}
