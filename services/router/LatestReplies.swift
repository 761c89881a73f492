import Foundation
import HoneBus
import HoneStore

/// The replies that a bus may have lost which came back without its last moments.
///
/// Nothing on record tells which those are. So the latest are all sent again, to publishers who know them by their ids.
struct LatestReplies {
    /// What a server may lose that is killed, or that its replica takes the place of, with much to spare.
    private static let memory: TimeInterval = 30
    /// More are not sent at once. The latest are, since a server loses the last that it was given.
    private static let most = 10_000

    let store: Store
    let transport: any BusTransport
    let relay: Relay

    /// Hands them to `send` once after each change; again when that throws.
    func look(_ send: ([Publication]) async throws -> Void) async throws {
        let incarnation = try await transport.incarnation()
        if let known = try await store.reconciler.incarnation(), known.name != incarnation {
            let since = known.seenAt.addingTimeInterval(-Self.memory)
            try await send(relay.replies(store.reconciler.answered(since: since, limit: Self.most)))
        }
        try await store.reconciler.note(incarnation: incarnation)
    }
}
