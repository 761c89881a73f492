import Hummingbird
import Logging
import ServiceLifecycle

/// The small HTTP server for operators on every service: `/metrics`, `/healthz`, `/readyz`.
struct OpsServer: Service {
    let host: String
    let port: Int
    let pages: OpsPages
    let logger: Logger

    func run() async throws {
        let router = Hummingbird.Router()
        router.get("/metrics") { [pages] _, _ in pages.numbers() }
        router.get("/healthz") { [pages] _, _ in await pages.alive() }
        router.get("/readyz") { [pages] _, _ in await pages.ready() }
        let application = Application(
            router: router, configuration: .init(address: .hostname(host, port: port)), logger: logger)
        try await application.run()
    }
}
