import ArgumentParser
import HoneAPI
import HoneBus
import HoneCore
import HoneRedis

struct Dead: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look into messages that were given up, and send them round again.",
        subcommands: [DeadList.self, DeadShow.self, DeadReplay.self, DeadPurge.self], defaultSubcommand: DeadList.self)
}

/// Which dead letters are meant.
struct DeadSelection: ParsableArguments {
    @Option(help: "Only those with this error code.") var code: String?
    @Option(help: "Only those that this group gave up.") var group: String?
    @Option(help: "Only those of this stream, by its whole key.") var stream: String?

    var filter: DeadLetterFilter { DeadLetterFilter(code: code, group: group, stream: stream) }
}

/// Ids, or all that match.
struct DeadTargets: ParsableArguments {
    @Argument(help: "Their ids, as `hone dead list` shows them.") var ids: [String] = []
    @Flag(help: "All that the options select.") var all = false
    @OptionGroup var selection: DeadSelection

    func validate() throws {
        guard ids.isEmpty == all else { throw ValidationError("give ids, or --all") }
    }

    func resolve(in store: some DeadLetterStore) async throws -> [String] {
        guard all else { return ids }
        return try await store.deadLetters(selection.filter, after: nil, limit: 100_000).map(\.id)
    }
}

struct DeadList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List them, oldest first.")

    @OptionGroup var selection: DeadSelection
    @Option(help: "At most this many.") var limit = 50
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let limit = max(1, limit)
        let letters = try await Connections.standard().withTransport {
            try await $0.deadLetters(selection.filter, after: nil, limit: limit + 1)
        }
        let rows = letters.prefix(limit).map {
            [
                $0.id, $0.stream, $0.group, $0.code, "\($0.deliveries)", Format.time($0.time), Format.short($0.reason),
            ]
        }
        let table = Table(
            .text("id"), .text("stream"), .text("group"), .text("code"), .number("deliveries"), .text("time"),
            .text("reason"), rows: rows)
        let page = try Page(letters, limit: limit, place: \.id, item: DeadLetterBody.init)
        try output.show(body: page, or: table.text(orNothing: "no dead letters"))
    }
}

struct DeadShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one whole.")

    @Argument(help: "Its id.") var id: String
    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard let letter = try await Connections.standard().withTransport({ try await $0.deadLetter(id) }) else {
            throw CommandFault("no dead letter \(id)")
        }
        let text = letter.envelope.fields.map { "\($0.name): \(String(decoding: $0.value, as: UTF8.self))" }
        try output.show(body: DeadLetterBody(letter), or: text.joined(separator: "\n"))
    }
}

struct DeadReplay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Put them back, for the group that gave them up alone.")

    @OptionGroup var targets: DeadTargets
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let (replayed, left) = try await Connections.standard().withTransport { transport in
            let ids = try await targets.resolve(in: transport)
            let replayed = try await transport.replay(ids)
            return (replayed, ids.count - replayed.count)
        }
        let rest = left == 0 ? "" : ", \(left) not: gone, or too large to have been kept whole"
        try output.show(body: ReplayBody(replayed: replayed), or: "\(replayed.count) replayed\(rest)")
    }
}

struct DeadPurge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "purge", abstract: "Delete them for good.")

    @OptionGroup var targets: DeadTargets
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let purged = try await Connections.standard().withTransport { transport in
            try await transport.purge(targets.resolve(in: transport))
        }
        try output.show(["purged": JSONValue(purged)], or: "\(purged) deleted")
    }
}
