import ArgumentParser
import Foundation
import HoneCore
import HoneStore

struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look into recorded model calls, and carry them to other databases.",
        discussion: """
            With HONE_REPLAY=record every model call is kept; with HONE_REPLAY=replay it is answered from what was kept, \
            and none is made. Recordings stay until they are pruned, or HONE_RECORDING_RETENTION_DAYS are over.
            """,
        subcommands: [ReplayList.self, ReplayExport.self, ReplayImport.self, ReplayPrune.self],
        defaultSubcommand: ReplayList.self)
}

struct ReplayList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List them, newest first.")

    @Option(help: "Only calls of this model.") var model: String?
    @Option(help: "Only calls made for this: task, judge, review, …") var purpose: String?
    @Option(help: "Only calls of this piece of work, such as a task's id.") var work: String?
    @Option(help: "Only requests whose hash begins like this.") var request: String?
    @Option(help: "At most this many.") var limit = 50
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let filter = RecordedCallFilter(model: model, purpose: purpose, work: work, request: request)
        let (calls, totals, circumstances) = try await Connections.standard().withStore { store in
            (
                try await store.recordedCalls.list(filter, limit: max(1, limit)),
                try await store.recordedCalls.totals(), try await store.recordedCircumstances.count()
            )
        }
        let rows = calls.map { call in
            [
                String(call.requestHash.prefix(12)), call.model, call.purpose, call.work, "\(call.ordinal)",
                call.isFault ? "fault" : "answer", "\(call.bytes)", Format.time(call.recordedAt),
            ]
        }
        let table = Table(
            .text("request"), .text("model"), .text("purpose"), .text("work"), .number("ordinal"), .text("outcome"),
            .number("bytes"), .text("recorded"), rows: rows)
        let all = (totals.reduce(0) { $0 + $1.calls }, totals.reduce(0) { $0 + $1.bytes })
        let sum = "\(all.0) calls, \(all.1) bytes, \(circumstances) circumstances"
        try output.show(
            [
                "items": .array(calls.map(\.json)), "totals": .array(totals.map(\.json)),
                "circumstances": JSONValue(circumstances),
            ],
            or: table.text(orNothing: "no recordings") + "\n" + sum)
    }
}

struct ReplayExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write all recordings to a file, as JSON Lines.")

    @Argument(help: "The file, or - for standard output.", completion: .file()) var file: String
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let count = try await Connections.standard().withStore { store in
            guard file != "-" else {
                return try await RecordingFile(store: store).export { FileHandle.standardOutput.write($0) }
            }
            guard FileManager.default.createFile(atPath: file, contents: nil),
                let handle = FileHandle(forWritingAtPath: file)
            else { throw CommandFault("\(file) cannot be written") }
            defer { try? handle.close() }
            return try await RecordingFile(store: store).export { try handle.write(contentsOf: $0) }
        }
        guard file != "-" else { return }
        try output.show(
            count.json, or: "\(count.calls) calls and \(count.circumstances) circumstances written to \(file)")
    }
}

struct ReplayImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take recordings in from a file; what is there already stays as it is.")

    @Argument(help: "The file, or - for standard input.", completion: .file()) var file: String
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let data: Data
        do {
            data =
                file == "-"
                ? try FileHandle.standardInput.readToEnd() ?? Data()
                : try Data(contentsOf: URL(filePath: file), options: .mappedIfSafe)
        } catch {
            throw CommandFault("\(file) cannot be read")
        }
        let count = try await Connections.standard().withStore { try await RecordingFile(store: $0).take(data) }
        try output.show(
            count.json, or: "\(count.calls) calls and \(count.circumstances) circumstances are new")
    }
}

struct ReplayPrune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "prune", abstract: "Delete recordings for good.")

    @Option(help: "Those older than this many days.") var days: Double?
    @Flag(help: "All of them.") var all = false
    @Option(help: "Only calls of this model; circumstances stay.") var model: String?
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (days != nil) != all else { throw ValidationError("give --days, or --all") }
        if let days, !(days >= 0) { throw ValidationError("--days: expected a number of at least 0") }
    }

    func run() async throws {
        // The database's clock may be ahead of this one.
        let time = days.map { Date(timeIntervalSinceNow: -$0 * 86_400) } ?? Date(timeIntervalSinceNow: 86_400)
        let count = try await Connections.standard().withStore { store in
            RecordingFile.Count(
                calls: try await store.recordedCalls.prune(before: time, model: model),
                circumstances: model == nil ? try await store.recordedCircumstances.prune(before: time) : 0)
        }
        try output.show(count.json, or: "\(count.calls) calls and \(count.circumstances) circumstances deleted")
    }
}

extension RecordedCallSummary {
    fileprivate var json: JSONValue {
        [
            "request": .string(requestHash), "model": .string(model), "purpose": .string(purpose),
            "work": .string(work), "ordinal": JSONValue(ordinal), "is_fault": .bool(isFault),
            "bytes": JSONValue(bytes), "recorded_at": JSONValue(recordedAt),
        ]
    }
}

extension RecordedCallTotal {
    fileprivate var json: JSONValue {
        [
            "model": .string(model), "purpose": .string(purpose), "calls": JSONValue(calls),
            "faults": JSONValue(faults), "bytes": JSONValue(bytes), "first_at": JSONValue(firstAt),
            "last_at": JSONValue(lastAt),
        ]
    }
}
