import HoneService
import Hummingbird

/// What operators' tools ask, open to all: the gateway listens where the operator says.
struct OpsRoutes: RouteArea {
    static let paths: Set<String> = ["/healthz", "/readyz", "/metrics"]

    let backend: Backend

    func add(to router: Router<GatewayContext>) {
        let ops = backend.ops
        router.get("/healthz") { _, _ in await ops.alive() }
        router.get("/readyz") { _, _ in await ops.ready() }
        router.get("/metrics") { _, _ in ops.numbers() }
    }
}
