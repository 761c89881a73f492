public import HoneBus
import Redis

extension RedisTransport {
    public func fetch(_ request: FetchRequest, as member: GroupMember) async throws -> [Delivery] {
        try await translating(keys: request.turns.map { keys.key($0.stream) }) {
            if let only = request.turns.first, request.turns.count == 1 {
                return try await read([only.stream], count: request.limit, wait: request.wait, as: member)
            }
            let taken = try await take(request, as: member)
            guard taken.isEmpty, let wait = request.wait else { return taken }
            // One message is enough to wake up; the next round shares out what else has come.
            return try await read(request.turns.map(\.stream), count: 1, wait: wait, as: member)
        }
    }

    private func read(
        _ streams: [StreamName], count: Int, wait: Duration?, as member: GroupMember
    ) async throws -> [Delivery] {
        let names = Dictionary(streams.map { (keys.key($0), $0) }) { first, _ in first }
        let found = try await readers.withReader { reader in
            try await reader.xreadgroup(
                group: member.group, consumer: member.consumer, streams: streams.map(keys.key), count: count,
                block: wait)
        }
        return found.flatMap { key, entries in
            names[key].map { name in entries.map { Delivery($0, of: name) } } ?? []
        }
    }

    /// Several streams, each with its due, in one step on the server.
    private func take(_ request: FetchRequest, as member: GroupMember) async throws -> [Delivery] {
        let counts = request.turns.map { RedisArgument($0.count) }
        let reply = try await commands.run(
            Scripts.take, keys: request.turns.map { keys.key($0.stream) },
            arguments: [.string(member.group), .string(member.consumer), RedisArgument(request.limit)] + counts)
        return (reply.elements ?? []).flatMap { part -> [Delivery] in
            guard let part = part.elements, part.count == 2, let index = part[0].int,
                request.turns.indices.contains(index - 1)
            else { return [] }
            let stream = request.turns[index - 1].stream
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
