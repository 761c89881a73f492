import HoneBus
import Redis

extension RedisTransport {
    /// What is there, without waiting: each stream's due, then whatever is left, up to the limit.
    func take(_ request: FetchRequest, as member: GroupMember) async throws -> [Delivery] {
        let parts = try await parts(request.turns) { keys.key($0.stream) }
        guard parts.count > 1 else { return try await take(request.turns, limit: request.limit, as: member) }
        let answers = await tryEach(parts) { turns in
            let due = turns.reduce(0) { $0 + $1.count }
            return due == 0 ? [] : try await self.take(turns, limit: due, as: member)
        }
        var taken = answers.flatMap { (try? $0.get()) ?? [] }
        for (turns, answer) in zip(parts, answers) where taken.count < request.limit {
            // A part that gave less than its due has nothing left.
            guard let given = try? answer.get().count, given == turns.reduce(0, { $0 + $1.count }) else { continue }
            taken += (try? await take(turns, limit: request.limit - taken.count, as: member)) ?? []
        }
        if taken.isEmpty { _ = try answers.all() }
        return taken
    }

    /// Several streams of one server, each with its due, in one step.
    private func take(
        _ turns: [FetchRequest.Turn], limit: Int, as member: GroupMember
    ) async throws -> [Delivery] {
        let counts = turns.map { RedisArgument($0.count) }
        let reply = try await commands.run(
            Scripts.take, keys: turns.map { keys.key($0.stream) },
            arguments: [.string(member.group), .string(member.consumer), RedisArgument(limit)] + counts)
        return (reply.elements ?? []).flatMap { part -> [Delivery] in
            guard let part = part.elements, part.count == 2, let index = part[0].int,
                turns.indices.contains(index - 1)
            else { return [] }
            let stream = turns[index - 1].stream
            return (part[1].elements ?? []).compactMap { Delivery(reply: $0, of: stream) }
        }
    }
}

extension Delivery {
    /// A stream entry as a script returns it: the id, and names and values in turn.
    fileprivate init?(reply: RedisValue, of stream: StreamName) {
        guard let parts = reply.elements, parts.count == 2, let id = parts[0].string, let fields = parts[1].elements
        else { return nil }
        let envelope = Envelope(
            stride(from: 0, to: fields.count - 1, by: 2).map {
                Envelope.Field(fields[$0].string ?? "", fields[$0 + 1].bytes ?? [])
            })
        self.init(stream: stream, entryID: id, envelope: envelope)
    }
}
