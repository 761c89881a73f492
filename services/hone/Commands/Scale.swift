import ArgumentParser
import HoneCore

struct Scale: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run more or fewer of a service.",
        discussion: "For what `hone up` started here: `hone scale executor=3 router=2`. Work in hand is finished first."
    )

    @Argument(help: ArgumentHelp("How many of a service to run.", valueName: "service=n"))
    var counts: [String]

    @Option(help: "Seconds to wait for each service to become ready.")
    var timeout = 60

    @OptionGroup var migrations: MigrationOptions
    @OptionGroup var output: OutputOptions

    func validate() throws { _ = try ScaleWish.parse(counts) }

    func run() async throws {
        let isQuiet = output.json
        let stack = try Stack.here { line in if !isQuiet { Terminal.say(line) } }
        guard try StackState.load(from: stack.folder).services.contains(where: \.process.isRunning) else {
            throw CommandFault("no services are up here; `hone up` starts them")
        }
        let wish = try ScaleWish.parse(counts)
        try await stack.bringUp(
            UpOptions(scale: wish, migrations: try migrations.checkedFolder(), patience: .seconds(timeout)))
        let services = try StackState.load(from: stack.folder).services
        let counts = wish.keys.sorted().map { name in (name, services.count { $0.name == name }) }
        try output.show(
            .object(Dictionary(uniqueKeysWithValues: counts.map { ($0, JSONValue($1)) })),
            or: counts.map { "\($0): \($1)" }.joined(separator: "\n"))
    }
}

/// How many of which service, as people write it.
enum ScaleWish {
    static func parse(_ texts: [String]) throws -> [String: Int] {
        try texts.reduce(into: [:]) { scale, text in
            let parts = text.split(separator: "=")
            guard parts.count == 2, let count = Int(parts[1]), (0...64).contains(count) else {
                throw ValidationError("\(text): write it as executor=3, with 0 to 64")
            }
            scale[String(parts[0])] = count
        }
    }
}
