import ArgumentParser
import Foundation
import HoneCore

struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start a private stack here: Redis, Postgres, every service.",
        discussion: """
            Everything lives under .hone in the working directory, and data survives down and up. Where REDIS_URL or \
            DATABASE_URL are set (environment or .env), that server is used and not touched. What runs already is left \
            alone, unless its program or its settings have changed since. A service that ends by itself is started again.
            """)

    @Option(help: ArgumentHelp("How many of a service to run; may be repeated.", valueName: "service=n"))
    var scale: [String] = []

    @Option(help: "Seconds to wait for each service to become ready.")
    var timeout = 60

    @OptionGroup var migrations: MigrationOptions
    @OptionGroup var output: OutputOptions

    func validate() throws { _ = try ScaleWish.parse(scale) }

    func run() async throws {
        let isQuiet = output.json
        let stack = try Stack.here { line in if !isQuiet { Terminal.say(line) } }
        let options = UpOptions(
            scale: try ScaleWish.parse(scale), migrations: try migrations.checkedFolder(), patience: .seconds(timeout))
        try await stack.bringUp(options)
        let services = try StackState.load(from: stack.folder).services
        try output.show(
            .array(
                services.map {
                    [
                        "service": .string($0.id), "metrics_port": JSONValue($0.metricsPort),
                        "address": JSONValue($0.address),
                    ]
                }),
            or: "up: \(services.count) services are ready")
    }
}

extension Stack {
    /// Brings the stack up for a command: what did not start is told with the end of its log.
    func bringUp(_ options: UpOptions) async throws {
        do {
            try await up(options)
        } catch let failure as StartFailure {
            Terminal.complain(failure.lines.enumerated().map { $0 == 0 ? "hone: \($1)" : "    \($1)" })
            throw ExitCode.failure
        }
    }
}
