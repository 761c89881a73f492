import ArgumentParser
import HoneBus
import HoneRedis
import Logging
import Redis

/// Where the measured bus is, and the member that measures.
struct BenchBus: ParsableArguments {
    @Option(help: "The Redis server.")
    var redis = "redis://127.0.0.1:6379"

    static let group = "bench"
    static let member = GroupMember(group: group, consumer: "bench-1")

    /// The bus with its stream and group ready. Its log goes to stderr: stdout is for figures.
    func open() async throws -> RedisTransport {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var options = RedisTransportOptions()
        options.namespace = "bench"
        let transport = RedisTransport(try RedisEndpoint(url: redis), options: options)
        try await transport.prepare([Sample.topic])
        return transport
    }

    /// A consumer of the group with Hone's defaults, but for `concurrency` and `batchSize`.
    func consumer(of transport: RedisTransport, concurrency: Int = 16, batchSize: Int = 256) -> Consumer {
        var options = ConsumerOptions()
        options.concurrency = concurrency
        options.batchSize = batchSize
        var logger = Logger(label: "hone.bench")
        logger.logLevel = .warning
        return Consumer(of: transport, group: Self.group, options: options, logger: logger)
    }
}
