import ArgumentParser
import HoneBus
import HoneRedis

/// Times messages from before their publication to the first line of the handler. Says `ready` when it may begin.
struct Listen: AsyncParsableCommand {
    @OptionGroup var bus: BenchBus
    @Option(help: "Messages to wait for.") var count = 1
    @Option(help: "Messages before those, which do not count.") var warmUp = 0
    @Flag(help: "Handle batches instead of single messages.") var batches = false
    @Flag(help: "Say `holding` at the first message and never finish it.") var hold = false

    private struct Latency: Encodable {
        var p50: Double
        var p99: Double
        var longest: Double
    }

    func run() async throws {
        let transport = try await bus.open()
        let arrivals = Arrivals(expecting: warmUp + count)
        let consumer = bus.consumer(of: transport)
        if hold {
            try consumer.handle(Keeper())
        } else if batches {
            try consumer.handle(BatchSink(arrivals: arrivals))
        } else {
            try consumer.handle(SingleSink(arrivals: arrivals))
        }
        let consuming = Task { try await consumer.run() }
        while !consumer.health.isReady { try await Task.sleep(for: .milliseconds(10)) }
        say("ready")
        await arrivals.all()
        consumer.drain()
        try await consuming.value
        try report(latency(arrivals.sorted(after: warmUp)))
        await transport.close()
    }

    /// In milliseconds.
    private func latency(_ sorted: [Int]) -> Latency {
        let milliseconds = { (share: Double) in Double(sorted[Int(Double(sorted.count - 1) * share)]) / 1e6 }
        return Latency(p50: milliseconds(0.5), p99: milliseconds(0.99), longest: milliseconds(1))
    }
}
