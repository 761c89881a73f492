public import Foundation
public import HoneBus
import HoneCore
public import Logging
public import Redis

/// The bus on Redis streams: the only place that knows how promises become commands.
///
/// Commands of all callers share one connection and its flushes; each waiting fetch and each tail has one of its own.
///
/// An endpoint that belongs to a cluster stands for all of it: keys with the same `{partition}` are on one node, each
/// partition has connections of its own there, and what the bus does in one step elsewhere takes one step per slot.
/// The order of these steps makes a crash in between repeat some of them, and never lose one.
public final class RedisTransport: BusTransport {
    let endpoint: RedisEndpoint
    let options: RedisTransportOptions
    let keys: RedisKeys
    let commands: RedisDeployment
    let readers = ReaderPool<RedisClient>()
    let clusterReaders = ReaderPool<RedisClusterClient>()

    /// Connects lazily; ``prepare(_:)`` says whether the server is fit.
    public init(_ endpoint: RedisEndpoint, options: RedisTransportOptions = .init()) {
        self.endpoint = endpoint
        self.options = options
        keys = RedisKeys(namespace: options.namespace, partitions: options.partitions)
        commands = RedisDeployment(endpoint, options: RedisOptions(name: options.clientName))
    }

    /// Ends all connections but those of tails, which end with their iteration.
    public func close() async {
        await commands.close()
        await readers.close()
        await clusterReaders.close()
    }

    public func streams(of topic: Topic) -> [StreamName] { topic.streams(partitions: options.partitions) }

    /// In one step; on a cluster in one per slot, so that a failure may leave some published.
    public func publish(_ publications: [Publication]) async throws {
        let additions = publications.map(addition)
        try await translating(keys: additions.map(\.key)) {
            if let only = additions.first, additions.count == 1 {
                try await commands.send(only.command)
            } else {
                let parts = try await parts(additions, by: \.key)
                _ = try await tryEach(parts) { try await self.commands.transaction($0.map(\.command)) }.all()
            }
        }
    }

    /// The cluster behind the endpoint; nil when it leads to a single server.
    var cluster: RedisClusterClient? {
        get async throws {
            if case .cluster(let cluster) = try await commands.kind { cluster } else { nil }
        }
    }

    /// A connection of its own for someone who waits.
    func newReader() -> RedisClient {
        RedisClient(endpoint, options: RedisOptions(name: options.clientName + "-reader"))
    }

    /// The same for a part of a cluster. It soon gives up, since other parts may have work meanwhile.
    func newReader(of cluster: RedisClusterClient) -> RedisClusterClient {
        let name = options.clientName + "-reader"
        return cluster.newReader(options: RedisOptions(connectPatience: .milliseconds(500), name: name))
    }

    /// Runs `body` and turns what the driver throws into the bus's vocabulary.
    func translating<Result>(keys: [String] = [], _ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as RedisError {
            throw BusError(error, server: endpoint.address, keys: keys)
        }
    }
}

/// How a transport uses its server.
public struct RedisTransportOptions: Sendable {
    /// What every key starts with.
    public var namespace = "hone"
    /// Streams per internal topic.
    public var partitions = 1
    /// The CloudEvents `source` of what we publish. The same for all services: with the id it makes the de-duplication
    /// key, and one service may publish again what another did.
    public var source = Publication.ownSource
    /// What `CLIENT LIST` shows.
    public var clientName = "hone"
    public var clock: @Sendable () -> Date = { Date() }
    public var logger = Logger(label: "hone.redis")

    public init() {}
}
