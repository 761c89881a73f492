import HTTPTypes
import HoneBus
import HoneCore
import HoneService
import Logging
import ServiceLifecycle
import Synchronization

/// Knows whether new work is taken, without asking the bus for every request.
final class AdmissionWatch: Service {
    private static let interval: Duration = .seconds(1)

    private let transport: any BusTransport
    private let limit: Int
    private let logger: Logger
    private let refusal = Mutex<String?>(nil)

    init(transport: any BusTransport, limit: Int, logger: Logger) {
        self.transport = transport
        self.limit = limit
        self.logger = logger
    }

    func run() async throws {
        await repeatUntilShutdown(every: Self.interval, "looking whether new work is taken", logger: logger) {
            try await self.look()
        }
    }

    func look() async throws {
        let found = try await Admission(of: transport, limit: limit).refusal
        refusal.withLock { $0 = found }
    }

    /// Throws 429 while no new work is taken.
    func check() throws {
        guard let reason = refusal.withLock({ $0 }) else { return }
        throw Problem.overloaded(reason)
    }
}

extension Problem {
    static func overloaded(_ reason: String) -> Problem {
        var problem = Problem(status: .tooManyRequests, code: "overloaded", detail: "Too much waits: \(reason).")
        problem.headers[.retryAfter] = "2"
        return problem
    }
}
