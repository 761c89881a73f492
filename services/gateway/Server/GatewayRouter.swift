import HoneService
import HoneStore
import Hummingbird
import Synchronization

/// Every route of the gateway, and what requests pass on the way to it, in this order.
enum GatewayRouter {
    static func make(_ backend: Backend, _ areas: [any RouteArea]? = nil) -> Router<GatewayContext> {
        let router = Router(context: GatewayContext.self, options: .autoGenerateHeadEndpoints)
        let table = LateRouteTable()
        addMiddleware(to: router, backend, table)
        for area in areas ?? Self.areas(backend) { area.add(to: router) }
        table.fill(router.routes)
        return router
    }

    private static func addMiddleware(to router: Router<GatewayContext>, _ backend: Backend, _ table: LateRouteTable) {
        let settings = backend.settings.gateway
        router.add(middleware: RequestObserver(metrics: backend.metrics))
        router.add(middleware: CrossOrigin(origins: settings.corsOrigins))
        router.add(middleware: ProblemMiddleware())
        if !settings.authentication.isOn { router.add(middleware: ForeignPages(origins: settings.corsOrigins)) }
        router.add(middleware: RequestShape())
        router.add(middleware: UnroutedRequests(table: table))
        router.add(middleware: Negotiation())
        router.add(middleware: Authentication(authenticator: backend.authenticator))
        if let limit = settings.rateLimit { router.add(middleware: RateLimit(perMinute: limit)) }
        router.add(
            middleware: BodyLimit(
                usual: settings.maxRequestBytes, special: ["/api/benchmarks": settings.maxImportBytes]))
        router.add(middleware: Revalidation())
        router.add(middleware: Idempotency(requests: backend.store.idempotentRequests))
    }

    static func areas(_ backend: Backend) -> [any RouteArea] {
        [
            AgentRoutes(backend: backend),
            DocumentRoutes(),
            OpsRoutes(backend: backend),
            BenchmarkRoutes(backend: backend),
            BudgetRoutes(backend: backend),
            DeadLetterRoutes(backend: backend),
            EvaluationRoutes(backend: backend),
            ExperimentRoutes(backend: backend),
            JudgeRoutes(backend: backend),
            LeaderboardRoutes(backend: backend),
            ModelRoutes(backend: backend),
            OptimizationRoutes(backend: backend),
            PromptRoutes(backend: backend),
            RoutingRoutes(backend: backend),
            SystemRoutes(backend: backend),
            ChatRoutes(backend: backend),
            ExecuteRoutes(backend: backend),
            TaskRoutes(backend: backend),
            SocketRoutes(backend: backend),
        ]
    }
}

/// The table of routes, known once all of them are added: after the middleware that asks it.
final class LateRouteTable: Sendable {
    private let table = Mutex(RouteTable([]))

    var filled: RouteTable { table.withLock { $0 } }

    func fill(_ routes: [Router<GatewayContext>.RouteDescription]) {
        table.withLock { $0 = RouteTable(routes.map { (path: "\($0.path)", method: $0.method) }) }
    }
}
