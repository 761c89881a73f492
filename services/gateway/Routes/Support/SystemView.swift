import Foundation
import HoneAPI
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import Logging

/// Looks at everything. What cannot be asked is a fault in the answer, never a failure of it.
struct SystemView {
    private let backend: Backend

    init(_ backend: Backend) {
        self.backend = backend
    }

    func status() async -> SystemStatusBody {
        var body = SystemStatusBody(version: HoneVersion.current, time: Date())
        await look(at: &body.database, "the database", &body.faults) { try await backend.store.ping() }
        await look(at: &body.redis, "the bus", &body.faults) { _ = try await backend.transport.epoch() }
        if body.database.reachable {
            await note(&body) { body in body.see(try await backend.store.tasks.counts()) }
        }
        if body.redis.reachable {
            await note(&body) { body in try await bus(&body) }
            await note(&body) { body in body.admission = try await admission() }
        }
        return body
    }

    private func bus(_ body: inout SystemStatusBody) async throws {
        let transport = backend.transport
        let groups = Set(Topic.all.flatMap(\.groups)).sorted()
        body.see(
            try await transport.depth(of: Topic.all), members: try await transport.members(of: Topic.all),
            groups: groups)
    }

    private func admission() async throws -> SystemStatusBody.Admission {
        let found = try await Admission(of: backend.transport, limit: backend.settings.maxBacklog)
        return .init(backlog: found.backlog, limit: found.limit, memory: found.memory, refusal: found.refusal)
    }

    private func look(
        at what: inout SystemStatusBody.Reachability, _ name: String, _ faults: inout [String],
        _ ask: () async throws -> Void
    ) async {
        let start = ContinuousClock.now
        do {
            try await ask()
            what = SystemStatusBody.Reachability(reachable: true, latency: .now - start)
        } catch {
            // Addresses and the like are nobody's business out there.
            backend.logger.warning("\(name) cannot be reached", metadata: ["error": "\(error)"])
            faults.append("\(name) cannot be reached")
        }
    }

    private func note(
        _ body: inout SystemStatusBody, _ look: (inout SystemStatusBody) async throws -> Void
    ) async {
        do {
            try await look(&body)
        } catch {
            backend.logger.warning("the status is not whole", metadata: ["error": "\(error)"])
            body.faults.append("a part of the status could not be asked")
        }
    }
}
