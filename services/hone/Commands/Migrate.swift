import ArgumentParser
import Foundation
import HoneCore
import HoneStore

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database up to date.",
        discussion: "One process at a time, under an advisory lock; each file in one transaction; forward only.")

    @OptionGroup var migrations: MigrationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let url = try await Connections.standard().databaseURL()
        let applied = try await Store.migrate(url, from: migrations.checkedFolder())
        let flaw = try await Store.seal(url)
        var lines = applied.isEmpty ? ["up to date"] : applied.map { "applied \($0)" }
        if let flaw { lines.append("the holdout is not sealed, so the optimizer does not start: \(flaw)") }
        var body: [String: JSONValue] = ["applied": .array(applied.map(JSONValue.string))]
        body["unsealed"] = flaw.map(JSONValue.string)
        try output.show(.object(body), or: lines.joined(separator: "\n"))
    }
}

/// Where the SQL files are.
struct MigrationOptions: ParsableArguments {
    @Option(name: .customLong("dir"), help: "The folder of the SQL files.", completion: .directory)
    var folder = "infra/migrations"

    func checkedFolder() throws -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw CommandFault("no folder \(folder); run this from the repository's root, or name it with --dir")
        }
        return folder
    }
}
