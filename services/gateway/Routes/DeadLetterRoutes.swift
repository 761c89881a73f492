import HoneAPI
import HoneBus
import HoneCore
import HoneStore
import Hummingbird

/// Messages that were given up. They hold what people have asked: for operators.
struct DeadLetterRoutes: RouteArea {
    let backend: Backend

    func add(to router: Router<GatewayContext>) {
        router.on(.get, "/api/dead-letters", for: .operator) { request, _ in try await list(request) }
        router.on(.post, "/api/dead-letters/:id/replay", for: .operator) { _, context in try await replay(context) }
    }

    private func list(_ request: Request) async throws -> Answer<Page<DeadLetterBody>> {
        let query = Query(request)
        let filter = DeadLetterFilter(
            code: query.text("code"), group: query.text("group"), stream: query.text("stream"))
        let limit = try query.limit()
        let last = try query.cursor(String.self)
        if let last, !last.isEntryID { throw InvalidValue.foreignCursor }
        let letters = try await backend.transport.deadLetters(filter, after: last, limit: limit + 1)
        return Answer(try Page(letters, limit: limit, place: \.id, item: DeadLetterBody.init))
    }

    /// Puts it back for the group that gave it up. 409 where too much of it was cut for that.
    private func replay(_ context: GatewayContext) async throws -> Answer<ReplayBody> {
        let id = try context.text("id", of: "such dead letter")
        guard id.isEntryID, let letter = try await backend.transport.deadLetter(id) else {
            throw Problem.notFound("dead letter \(id)")
        }
        if let cut = letter.cut { throw Problem.conflict("It was too large to be kept whole (\(cut)).") }
        let replayed = try await backend.transport.replay([id])
        guard !replayed.isEmpty else { throw Problem.notFound("dead letter \(id)") }
        try await backend.store.audit.record(
            actor: context.actor, action: "dead_letter.replay", subjectKind: "dead_letter", subjectID: id,
            details: ["stream": .string(letter.stream), "group": .string(letter.group), "code": .string(letter.code)])
        return Answer(ReplayBody(replayed: replayed))
    }
}

extension String {
    /// Whether it is an entry of a stream: milliseconds, a dash, a number.
    fileprivate var isEntryID: Bool {
        let parts = split(separator: "-", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { UInt64($0) != nil }
    }
}
