import Redis
import Synchronization

/// The connections of one tail: one to a single server, one per slot to a cluster.
final class TailReader: Sendable {
    struct Place: Sendable {
        let key: String
        let after: String
    }

    struct Part: Sendable {
        let key: String
        let entries: [RedisStreamEntry]
    }

    private let transport: RedisTransport
    private let servers = ReaderPool<RedisClient>()
    private let nodes = ReaderPool<RedisClusterClient>()

    init(_ transport: RedisTransport) { self.transport = transport }

    deinit {
        let (servers, nodes) = (servers, nodes)
        Task {
            await servers.close()
            await nodes.close()
        }
    }

    /// What comes after these places, as soon as there is something; nothing after five seconds without.
    func read(_ places: [Place]) async throws -> [Part] {
        guard let cluster = try await transport.cluster else {
            return try await servers.withReaders([nil], transport.newReader) {
                try await Self.read(places, with: $0[0])
            }
        }
        let parts = try await transport.parts(places, by: \.key)
        let slots = parts.map { $0.first.map { KeySlot(of: $0.key) } }
        return try await nodes.withReaders(slots, { transport.newReader(of: cluster) }) { readers in
            try await cluster.readTogether(parts, with: readers) { try await Self.read($0, with: $1) }
        }
    }

    /// The last entry of a stream, or what comes before any.
    func end(of key: String) async throws -> String {
        try await transport.commands.xrevrange(key, count: 1).first.map { "\($0.id)" } ?? "0"
    }

    private static func read(_ places: [Place], with reader: some RedisExecutor) async throws -> [Part] {
        let found = try await reader.xread(
            streams: places.map { ($0.key, $0.after) }, count: 256, block: .seconds(5))
        return found.map { Part(key: $0.stream, entries: $0.entries) }
    }
}
