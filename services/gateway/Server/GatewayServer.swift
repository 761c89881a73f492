import Foundation
import HoneService
import Hummingbird
import HummingbirdCore
import NIOCore
import ServiceLifecycle
import Synchronization

/// Something that is so from one moment on.
final class Flag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .relaxed) }
    func set() { value.store(true, ordering: .relaxed) }
}

/// Listens, and answers until it is told to stop. What is under way then has the grace period to come to its end.
struct GatewayServer: Service {
    let backend: Backend
    let areas: [any RouteArea]
    /// Set once the port is.
    let isOpen = Flag()

    init(_ backend: Backend, areas: [any RouteArea]) {
        self.backend = backend
        self.areas = areas
    }

    func run() async throws {
        let (application, grace) = (application, backend.settings.gracePeriod)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await serve(application) }
            group.addTask {
                try await gracefulShutdown()
                try await Task.sleep(for: grace)
            }
            _ = try await group.next()
            group.cancelAll()
        }
    }

    /// Until the end. Throws a ``SettingsFault`` when it cannot even begin.
    private func serve(_ application: some ApplicationProtocol) async throws {
        do {
            try await application.run()
        } catch let error as IOError where !isOpen.isSet {
            let (host, port) = (backend.settings.gateway.host, backend.settings.gateway.port)
            throw SettingsFault(lines: [
                "HONE_GATEWAY_HOST, HONE_GATEWAY_PORT: nobody can listen at \(host):\(port): "
                    + String(cString: strerror(error.errnoCode))
            ])
        }
    }

    private var application: some ApplicationProtocol {
        let settings = backend.settings.gateway
        let limits = GatewayChannel.Limits(idle: settings.idleTimeout, read: settings.readTimeout)
        return Application(
            responder: OwnTask(responder: GatewayRouter.make(backend, areas).buildResponder()),
            server: HTTPServerBuilder { GatewayChannel(responder: $0, limits: limits) },
            configuration: .init(
                address: .hostname(settings.host, port: settings.port), backlog: 1_024,
                availableConnectionsDelegate: .maximum(settings.maxConnections, logger: backend.logger)),
            onServerRunning: { _ in isOpen.set() },
            logger: backend.logger)
    }
}
