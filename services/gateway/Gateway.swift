import HoneService
import HoneStore

/// The one documented door of Hone: HTTP, WebSockets, and any OpenAI client.
@main
enum Gateway: ServiceDefinition {
    static let name = "gateway"
    static let summary = "Serves the HTTP API, live progress over WebSockets, and OpenAI's protocol."

    /// Nobody opens the door to the world by mistake.
    static func check(_ settings: Settings) throws(SettingsFault) {
        let gateway = settings.gateway
        guard gateway.authentication.isOn || gateway.isLoopback else {
            throw SettingsFault(lines: [
                "HONE_AUTH: expected on, since HONE_GATEWAY_HOST (\(gateway.host)) is reached from other machines; "
                    + "off is for loopback alone"
            ])
        }
        _ = try TokenVerifier(gateway.authentication)
    }

    static func assemble(_ assembly: inout ServiceAssembly) async throws {
        try await assemble(&assembly, GatewayRouter.areas)
    }

    static func assemble(_ assembly: inout ServiceAssembly, _ areas: (Backend) -> [any RouteArea]) async throws {
        try check(assembly.settings)
        OpenFiles.allow()
        let backend = try await Backend(&assembly)
        let server = GatewayServer(backend, areas: areas(backend))
        let isOpen = server.isOpen
        assembly.require(HealthCheck("port") { isOpen.isSet ? .healthy : .unhealthy("nobody listens yet") })
        assembly.run(IdempotencySweeper(requests: backend.store.idempotentRequests, logger: backend.logger))
        assembly.run(server)
        assembly.run(
            EvaluationClerk(store: assembly.store, progress: assembly.progress, logger: assembly.logger))
        assembly.run(EvaluateDeployments(backend: backend))
    }
}
