import ArgumentParser
import HoneBus
import HoneRedis

/// Publishes at an even rate, each message by a call of its own, for ``Listen`` to time.
struct Send: AsyncParsableCommand {
    @OptionGroup var bus: BenchBus
    @Option(help: "Messages in all.") var count = 1
    @Option(help: "Messages per second.") var rate = 50.0
    @Option(help: "Messages before those, at a hundred per second.") var warmUp = 0

    func run() async throws {
        let transport = try await bus.open()
        try await publish(0..<warmUp, at: 100, on: transport)
        try await publish(warmUp..<(warmUp + count), at: rate, on: transport)
        await transport.close()
    }

    private func publish(_ numbers: Range<Int>, at rate: Double, on transport: RedisTransport) async throws {
        let start = ContinuousClock.now
        try await withThrowingDiscardingTaskGroup { group in
            for (index, number) in numbers.enumerated() {
                try await Task.sleep(until: start + .seconds(Double(index) / rate))
                group.addTask { try await transport.publish([Sample(number).publication()]) }
            }
        }
    }
}
