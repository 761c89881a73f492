import ArgumentParser
import HoneBus
import HoneRedis

/// How fast one process publishes.
struct Publish: AsyncParsableCommand {
    @OptionGroup var bus: BenchBus
    @Option(help: "Messages in all.") var count = 200_000
    @Option(help: "Messages in one call.") var batch = 256
    @Option(help: "Calls under way at once.") var callers = 2
    @Flag(help: "Encode each message within the measured time.") var typed = false

    func run() async throws {
        let transport = try await bus.open()
        let prepared = try (0..<16).map { try encoded($0 * batch) }
        let meter = Meter()
        try await withThrowingTaskGroup { group in
            for caller in 0..<callers {
                group.addTask {
                    for start in stride(from: caller * batch, to: count, by: callers * batch) {
                        try await transport.publish(typed ? encoded(start) : prepared[start / batch % prepared.count])
                    }
                }
            }
            try await group.waitForAll()
        }
        try report(meter.throughput(of: count))
        await transport.close()
    }

    private func encoded(_ start: Int) throws -> [Publication] {
        try (start..<min(start + batch, max(count, start + 1))).map { try Sample($0).publication() }
    }
}
