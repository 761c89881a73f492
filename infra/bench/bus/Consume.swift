import ArgumentParser
import HoneBus
import HoneRedis

/// How fast one process takes, handles and acknowledges messages that lie ready.
struct Consume: AsyncParsableCommand {
    enum Way: String, ExpressibleByArgument, CaseIterable {
        /// Fetch and settle without decoding: what the transport alone costs.
        case bytes
        /// Typed messages, a `BatchHandler` that does nothing.
        case batches
        /// Typed messages, a `MessageHandler` that does nothing.
        case single
    }

    @OptionGroup var bus: BenchBus
    @Option(help: "Messages in all.") var count = 200_000
    @Option(help: "Messages in one fetch or batch.") var batch = 256
    @Option(help: "Messages that a MessageHandler works on side by side.") var concurrency = 16
    @Option(help: "bytes, batches or single.") var way = Way.bytes

    func run() async throws {
        let transport = try await bus.open()
        let meter = Meter()
        if way == .bytes {
            try await drain(transport)
            try report(meter.throughput(of: count))
        } else {
            try await handleAll(transport, meter)
        }
        await transport.close()
    }

    /// Settles one batch while the next is fetched, as a ``Consumer`` does.
    private func drain(_ transport: RedisTransport) async throws {
        let request = FetchRequest(transport.streams(of: Sample.topic).map { .init($0, batch) }, limit: batch)
        var left = count
        var held = try await transport.fetch(request, as: BenchBus.member)
        while !held.isEmpty, left > 0 {
            let settlements = held.map { Settlement($0, .done(publish: [])) }
            async let settled: Void = transport.settle(settlements, as: BenchBus.member)
            held = try await transport.fetch(request, as: BenchBus.member)
            try await settled
            left -= settlements.count
        }
    }

    private func handleAll(_ transport: RedisTransport, _ meter: Meter) async throws {
        let consumer = bus.consumer(of: transport, concurrency: concurrency, batchSize: batch)
        let arrivals = Arrivals(expecting: count)
        if way == .batches {
            try consumer.handle(BatchSink(arrivals: arrivals))
        } else {
            try consumer.handle(SingleSink(arrivals: arrivals))
        }
        let consuming = Task { try await consumer.run() }
        await arrivals.all()
        try report(meter.throughput(of: count))
        consumer.drain()
        try await consuming.value
    }
}
