import ArgumentParser
import Foundation
import HoneCore
import HoneStore

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make, list and end keys to the gateway.",
        subcommands: [KeysCreate.self, KeysList.self, KeysRevoke.self], defaultSubcommand: KeysList.self)
}

struct KeysCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a key and print it, this once.",
        discussion: "Only a salted hash of it is kept: a key that is lost is replaced by a new one.")

    @Option(help: "viewer, publisher, operator, approver or admin.") var role: Role
    @Option(help: "Whose it is, or what for.") var name = ""
    @Option(
        help: ArgumentHelp("When it ends: 30d, 12h, or a time such as 2027-01-31T00:00:00Z.", valueName: "time"),
        transform: KeyExpiry.date)
    var expires: Date?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let key = APIKey.generate()
        let record = try await Connections.standard().withStore { store in
            try await store.transaction { store in
                let record = try await store.keys.create(key, name: name, role: role, expiresAt: expires)
                try await store.audit.record(
                    actor: KeyAudit.actor, action: "key.create", subjectKind: "key", subjectID: record.id.text,
                    details: ["role": .string(role.rawValue), "name": .string(name)])
                return record
            }
        }
        try output.show(
            ["id": .string(record.id.text), "key": .string(key.text.exposed), "role": .string(role.rawValue)],
            or: "\(key.text.exposed)")
        if !output.json { Terminal.complain("key \(record.id.text), role \(role.rawValue); it is not shown again") }
    }
}

struct KeysList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List them, without the keys.")

    @Flag(help: "Those that ended, too.") var all = false
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let now = Date()
        let keys = try await Connections.standard().withStore { try await $0.keys.all() }
            .filter { all || $0.state(at: now) == "active" }
        let rows = keys.map {
            [
                $0.id.text, "hone_\($0.prefix)_…", $0.role.rawValue, $0.name, $0.state(at: now),
                Format.time($0.createdAt), Format.time($0.expiresAt), Format.time($0.lastUsedAt),
            ]
        }
        let table = Table(
            .text("id"), .text("key"), .text("role"), .text("name"), .text("state"), .text("created"),
            .text("expires"), .text("last used"), rows: rows)
        try output.show(["items": .array(keys.map { $0.json(at: now) })], or: table.text(orNothing: "no keys"))
    }
}

struct KeysRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End a key for good; gateways notice within seconds.")

    @Argument(help: "Its id, as `hone keys list` shows it.") var id: String
    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard let uuid = UUID(uuidString: id) else { throw ValidationError("\(id) is no id of a key") }
        let key = try await Connections.standard().withStore { store in
            try await store.transaction { store in
                guard let key = try await store.keys.revoke(uuid) else {
                    throw CommandFault("there is no key \(uuid.text) that still holds")
                }
                try await store.audit.record(
                    actor: KeyAudit.actor, action: "key.revoke", subjectKind: "key", subjectID: key.id.text)
                return key
            }
        }
        try output.show(key.json(at: Date()), or: "key \(key.id.text) (\(key.role.rawValue)) is revoked")
    }
}

/// Who is on record for what the command line does.
enum KeyAudit {
    static var actor: String { "cli:\(NSUserName())" }
}

/// The end of a key, as people write it.
enum KeyExpiry {
    static func date(_ text: String) throws -> Date {
        if let date = WireFormat.date(from: text) { return try future(date, text) }
        let units: [Character: TimeInterval] = ["d": 86_400, "h": 3_600, "m": 60]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Double(text.dropLast()), count.isFinite else {
            throw ValidationError("\(text): write it as 30d, 12h, or 2027-01-31T00:00:00Z")
        }
        return try future(Date().addingTimeInterval(count * unit), text)
    }

    private static func future(_ date: Date, _ text: String) throws -> Date {
        guard date > Date() else { throw ValidationError("\(text) is not in the future") }
        return date
    }
}

extension KeyRecord {
    fileprivate func state(at now: Date) -> String {
        revokedAt != nil ? "revoked" : expiresAt.map { $0 <= now } ?? false ? "expired" : "active"
    }

    fileprivate func json(at now: Date) -> JSONValue {
        [
            "id": .string(id.text), "prefix": .string(prefix), "role": .string(role.rawValue), "name": .string(name),
            "state": .string(state(at: now)), "created_at": JSONValue(createdAt), "expires_at": JSONValue(expiresAt),
            "last_used_at": JSONValue(lastUsedAt), "revoked_at": JSONValue(revokedAt),
        ]
    }
}
