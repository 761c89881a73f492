import ArgumentParser
import HoneCore

struct Down: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Stop what `hone up` started here.",
        discussion: "Services finish the work they have in hand. Data stays under .hone.")

    @Flag(help: "Leave Redis and Postgres running.")
    var servicesOnly = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let isQuiet = output.json
        let stack = try Stack.here { line in if !isQuiet { Terminal.say(line) } }
        let ended = try await stack.down(servicesOnly: servicesOnly)
        try output.show(["stopped": JSONValue(ended)], or: ended == 0 ? "nothing was running" : "down")
    }
}
