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
        guard let cluster = try await cluster else {
            return try await readers.withReaders([nil], newReader) { readers in
                try await read(streams, count: count, wait: wait, as: member, with: readers[0])
            }
        }
        let parts = try await parts(streams, by: keys.key)
        let slots = parts.map { $0.first.map { KeySlot(of: keys.key($0)) } }
        return try await clusterReaders.withReaders(slots, { newReader(of: cluster) }) { readers in
            try await cluster.readTogether(parts, with: readers) { part, reader in
                try await self.read(part, count: count, wait: wait, as: member, with: reader)
            }
        }
    }

    private func read(
        _ streams: [StreamName], count: Int, wait: Duration?, as member: GroupMember, with reader: some RedisExecutor
    ) async throws -> [Delivery] {
        let names = Dictionary(streams.map { (keys.key($0), $0) }) { first, _ in first }
        let found = try await reader.xreadgroup(
            group: member.group, consumer: member.consumer, streams: streams.map(keys.key), count: count, block: wait)
        return found.flatMap { key, entries in
            names[key].map { name in entries.map { Delivery($0, of: name) } } ?? []
        }
    }
}
