import ArgumentParser
import HoneBus
import HoneRedis

/// Publishes at an even rate, each message by a call of its own, for ``Listen`` to time.
struct Send: AsyncParsableCommand {
    @OptionGroup var bus: BenchBus
    @Option(help: "Messages in all.") var count = 1
    @Option(help: "Messages per second.") var rate = 50.0

    func run() async throws {
        let transport = try await bus.open()
        let start = ContinuousClock.now
        try await withThrowingDiscardingTaskGroup { group in
            for number in 0..<count {
                try await Task.sleep(until: start + .seconds(Double(number) / rate))
                group.addTask { try await transport.publish([Sample(number).publication()]) }
            }
        }
        await transport.close()
    }
}
