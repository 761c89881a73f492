import Foundation
import HoneCore
import HoneStore
import TestServers
import Testing

@testable import Hone

@Suite("The program as people meet it", .timeLimit(.minutes(3)))
struct ProgramTests {
    @Test("wrong usage exits with 2 and says how to get help")
    func usage() async throws {
        for word in ["bogus", "get"] {
            let outcome = try await HoneProgram().run(word)
            #expect(outcome.status == 2 && outcome.output.isEmpty && outcome.complaints.contains("Usage: hone"))
        }
        let version = try await HoneProgram().run("--version")
        #expect(version.status == 0 && version.lines.count == 1 && version.complaints.isEmpty)
    }

    @Test("a setting that does not exist, or is wrong, is one line on standard error and exit code 1")
    func settingsFaults() async throws {
        let program = HoneProgram(environment: [
            "HONE_CONCURENCY": "4", "HONE_REVIEW_RATE": "often", "REDIS_URL": "redis://x",
            "DATABASE_URL": "postgres://x",
        ])
        let outcome = try await program.run("config", "--json")
        #expect(outcome.status == 1)
        let lines = outcome.complaints.split(separator: "\n")
        #expect(
            lines == [
                "hone: HONE_REVIEW_RATE: expected a number from 0 to 1, found \"often\"",
                "hone: HONE_CONCURENCY: no such setting",
            ])
    }

    @Test("config shows values and defaults, and no secret", arguments: [[], ["--json"]])
    func masked(options: [String]) async throws {
        let program = HoneProgram(environment: [
            "REDIS_URL": "redis://:hush1@host", "DATABASE_URL": "postgres://me:hush2@host/db",
            "OPENAI_API_KEY": "sk-hush3", "HONE_CONCURRENCY": "7",
        ])
        let outcome = try await options.isEmpty ? program.run("config") : program.run("config", "--json")
        #expect(outcome.status == 0 && !outcome.output.contains("hush") && outcome.output.contains("•••"))
        #expect(outcome.output.contains("HONE_CONCURRENCY") && outcome.output.contains("7"))
        #expect(outcome.output.contains("HONE_MAX_DELIVERIES"))
    }

    @Test("migrate applies every file once")
    func migrate() async throws {
        let url = try await TestPostgres.shared().createDatabase()
        let program = HoneProgram(environment: ["DATABASE_URL": url])
        let first = try await program.run("migrate")
        #expect(first.status == 0 && first.lines.first == "applied 0001_agents_and_models.sql")
        #expect(try await program.run("migrate").lines == ["up to date"])
        #expect(try await program.run("migrate", "--json").output == "{\"applied\":[]}\n")
    }

    @Test("a command that needs only one server does not ask for the other")
    func oneServer() async throws {
        let record = HoneProgram(environment: ["DATABASE_URL": try await TestRecord.url()])
        for command in ["tasks", "agents", "leaderboard"] {
            let outcome = try await record.run(command, "--json")
            #expect(try outcome.status == 0 && outcome.json(JSONValue.self)["items"]?.array != nil, "\(command)")
        }
        let bus = HoneProgram(environment: ["REDIS_URL": try await TestRedis.shared().url, "HONE_NAMESPACE": "one"])
        #expect(try await bus.run("dead", "list", "--json").output == "{\"items\":[],\"next_cursor\":null}\n")
        let empty = try Scratch()
        let neither = try await HoneProgram(folder: empty.path).run("tasks")
        withExtendedLifetime(empty) {}
        #expect(neither.status == 1 && neither.complaints.hasPrefix("hone: DATABASE_URL is not set"))
    }

    @Test("tasks are cut to the limit, and the next page is named only where there is one")
    func pages() async throws {
        let url = try await TestRecord.url()
        let store = try Store(url: url)
        _ = try await store.tasks.accept(
            (0..<2).map { number in
                Submission(taskID: .new(), submissionID: UUID(), input: .string("\(number)"))
            })
        await store.close()
        let record = HoneProgram(environment: ["DATABASE_URL": url])
        for (limit, hasNext) in [(1, true), (2, false), (3, false)] {
            let page = try await record.run("tasks", "--limit", "\(limit)", "--json").json(JSONValue.self)
            #expect(page["items"]?.array?.count == min(limit, 2))
            #expect((page["next_cursor"]?.string != nil) == hasNext, "\(limit)")
        }
    }

    @Test("a server that is away is one line, not a trace")
    func away() async throws {
        let port = try freePort()
        let program = HoneProgram(environment: [
            "REDIS_URL": "redis://127.0.0.1:\(port)", "DATABASE_URL": "postgres://postgres:hush@127.0.0.1:\(port)/x",
        ])
        for command in ["tasks", "dead"] {
            let outcome = try await program.run(command)
            #expect(outcome.status == 1 && outcome.complaints.split(separator: "\n").count == 1)
            #expect(outcome.complaints.hasPrefix("hone: ") && !outcome.complaints.contains("hush"))
        }
    }

    @Test("the doctor finds a fit installation fit, and names what is not")
    func doctor() async throws {
        let redis = try await TestRedis.start(arguments: ["--maxmemory-policy", "allkeys-lru"])
        let program = HoneProgram(environment: ["REDIS_URL": redis.url, "DATABASE_URL": try await TestRecord.url()])
        let outcome = try await program.run("doctor", "--json")
        let findings = try outcome.json(JSONValue.self)["findings"]?.array ?? []
        func verdict(_ subject: String) -> String? {
            findings.first { $0["subject"]?.string == subject }?["verdict"]?.string
        }
        #expect(outcome.status == 1)
        #expect(verdict("settings") == "ok" && verdict("schema") == "ok" && verdict("redis clock") == "ok")
        #expect(verdict("redis maxmemory-policy") == "wrong" && verdict("consumer groups") == "wrong")
        #expect(verdict("redis appendonly") == "look" && verdict("redis role") == "ok")
        #expect(verdict("redis last write to disk") == "ok" && verdict("redis memory") == "ok")
    }
}
