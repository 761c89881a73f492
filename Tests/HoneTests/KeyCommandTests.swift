import Foundation
import HoneCore
import HoneStore
import Testing

@testable import Hone

@Suite("hone keys", .timeLimit(.minutes(2)))
struct KeyCommandTests {
    @Test("a key is printed once, listed without its secret, and ended; each change is on record")
    func lifetime() async throws {
        let url = try await TestRecord.url()
        let program = HoneProgram(environment: ["DATABASE_URL": url])
        let made = try await program.run("keys", "create", "--role", "operator", "--name", "ci", "--json")
        #expect(made.status == 0)
        let key = try made.json([String: String].self)
        #expect(Set(key.keys) == ["id", "key", "role"] && key["role"] == "operator")
        let (id, text) = (try #require(key["id"]), try #require(key["key"]))

        let listed = try await program.run("keys", "list", "--json")
        #expect(!listed.output.contains(text.suffix(43)))
        let item = try listed.json(JSONValue.self)["items"]?[0]
        #expect(item?["id"]?.string == id && item?["state"] == "active" && item?["name"] == "ci")
        #expect(try await program.run("keys").output.contains("hone_\(try #require(item?["prefix"]?.string))_…"))

        #expect(try await program.run("keys", "revoke", id).status == 0)
        #expect(try await program.run("keys", "revoke", id).status == 1)
        #expect(try await program.run("keys", "list", "--json").output == "{\"items\":[]}\n")
        #expect(try await program.run("keys", "list", "--all", "--json").output.contains("revoked"))

        let store = try Store(url: url)
        let entries = try await store.audit.list(subjectKind: "key", subjectID: id, limit: 5)
        await store.close()
        #expect(entries.map(\.action) == ["key.revoke", "key.create"])
        #expect(entries.allSatisfy { $0.actor.hasPrefix("cli:") && !"\($0.details)".contains(text) })
    }

    @Test("without --json the key alone is on standard output, for scripts")
    func plain() async throws {
        let program = HoneProgram(environment: ["DATABASE_URL": try await TestRecord.url()])
        let made = try await program.run("keys", "create", "--role", "viewer", "--expires", "30d")
        #expect(made.lines.count == 1 && APIKey(made.lines.first ?? "") != nil)
        #expect(made.complaints.contains("role viewer"))
    }

    @Test("wrong usage exits with 2")
    func usage() async throws {
        let program = HoneProgram(environment: ["DATABASE_URL": "postgres://nowhere"])
        for arguments in [
            ["create"], ["create", "--role", "king"], ["create", "--role", "viewer", "--expires", "soon"],
            ["create", "--role", "viewer", "--expires", "2001-01-01T00:00:00Z"], ["revoke"],
        ] {
            let outcome = try await program.run(["keys"] + arguments)
            #expect(outcome.status == 2, "\(arguments): \(outcome)")
        }
    }

    @Test("an end is a time to come, said in one of two ways")
    func expiry() throws {
        let inAnHour = try KeyExpiry.date("1h").timeIntervalSinceNow
        #expect((3_590...3_600).contains(inAnHour))
        #expect(try KeyExpiry.date("2999-01-31T00:00:00Z").timeIntervalSince1970 > 32e9)
        for bad in ["", "h", "-1d", "0d", "1y", "nan d", "tomorrow"] {
            #expect(throws: (any Error).self, "\(bad)") { try KeyExpiry.date(bad) }
        }
    }
}
