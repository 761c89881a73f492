public import Foundation
public import HoneBus
import HoneCore
public import Logging
public import Redis

/// The bus on Redis streams: the only place that knows how promises become commands.
///
/// Commands of all callers share one connection and its flushes; each waiting fetch and each tail has one of its own.
public final class RedisTransport: BusTransport {
    let endpoint: RedisEndpoint
    let options: RedisTransportOptions
    let keys: RedisKeys
    let commands: any RedisExecutor
    let readers: ReaderPool

    /// Connects lazily; ``prepare(_:)`` says whether the server is fit.
    public init(_ endpoint: RedisEndpoint, options: RedisTransportOptions = .init()) {
        self.endpoint = endpoint
        self.options = options
        keys = RedisKeys(namespace: options.namespace, partitions: options.partitions)
        commands = RedisClient(endpoint, options: RedisOptions(name: options.clientName))
        readers = ReaderPool(endpoint, name: options.clientName + "-reader")
    }

    /// Ends all connections but those of tails, which end with their iteration.
    public func close() async {
        await commands.close()
        await readers.close()
    }

    public func streams(of topic: Topic) -> [StreamName] { topic.streams(partitions: options.partitions) }

    public func publish(_ publications: [Publication]) async throws {
        let additions = publications.map(addition)
        try await translating(keys: additions.map(\.key)) {
            if let only = additions.first, additions.count == 1 {
                try await commands.send(only.command)
            } else {
                try await commands.transaction(additions.map(\.command))
            }
        }
    }

    /// Runs `body` and turns what the driver throws into the bus's vocabulary.
    func translating<Result>(keys: [String] = [], _ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as RedisError {
            throw BusError(error, server: "\(endpoint.host):\(endpoint.port)", keys: keys)
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
    public var source = "/hone"
    /// What `CLIENT LIST` shows.
    public var clientName = "hone"
    public var clock: @Sendable () -> Date = { Date() }
    public var logger = Logger(label: "hone.redis")

    public init() {}
}
