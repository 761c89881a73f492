import Foundation
import HoneAPI
import HoneCore
import HoneIntelligence
import HoneService
import HoneStore

/// Tells who would get a task, by the policy and the knowledge of the routers. What is known is read when somebody asks,
/// and kept for a while: it is a pass over the statistics.
actor PreviewDesk {
    private static let lifetime: Duration = .seconds(5)

    private let backend: Backend
    private var known: (desk: RoutingDesk, at: ContinuousClock.Instant)?

    init(_ backend: Backend) {
        self.backend = backend
    }

    /// The same request with the same seed gets the same answer for as long as nothing else changes.
    func answer(_ request: PreviewRequest) async throws -> PreviewBody {
        try request.validate()
        let seed = request.seed ?? .random(in: 0 ... .max)
        let (decision, kind) = try await desk().preview(
            request.input, request.routing, complexity: request.complexity, seed: seed)
        return PreviewBody(
            decision, isPinned: request.pin?.agentID != nil, seed: seed, category: kind.category,
            categoryConfidence: kind.categoryConfidence, complexity: kind.complexity)
    }

    private func desk() async throws -> RoutingDesk {
        if let known, known.at + Self.lifetime > .now { return known.desk }
        try await backend.directory.refresh()
        let desk = try await RoutingDesk.atThisMoment(
            policy: backend.settings.routingPolicy, directory: backend.directory, store: backend.store,
            logger: backend.logger)
        known = (desk, .now)
        return desk
    }
}
