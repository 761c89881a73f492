import Foundation
import Postgres
import TestServers
import Testing

@Suite("migrations", .timeLimit(.minutes(1)))
struct MigrationTests {
    /// A directory of SQL files, removed with this object.
    private final class Folder {
        let path = FileManager.default.temporaryDirectory.path + "/migrations-\(UUID().uuidString)"

        init(_ files: [String: String]) throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            for (name, text) in files { try write(name, text) }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ name: String, _ text: String) throws {
            try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
        }

        var migrations: Migrations { get throws { try Migrations(directory: path) } }
    }

    @Test("files are applied once, in the order of their numbers, and recorded")
    func order() async throws {
        let pool = try await freshPool()
        let folder = try Folder([
            "0002_second.sql": "insert into steps values ('second; it''s $1');\ncreate index on steps (name);",
            "0001_first.sql": "create table steps (name text); -- first",
            "README.md": "not a migration",
        ])
        #expect(try await folder.migrations.apply(to: pool) == ["0001_first.sql", "0002_second.sql"])
        #expect(try await folder.migrations.apply(to: pool) == [])
        try folder.write("0010_third.sql", "insert into steps values ('third');")
        #expect(try await folder.migrations.apply(to: pool) == ["0010_third.sql"])
        #expect(try await pool.query("select name from steps", as: String.self) == ["second; it's $1", "third"])
        #expect(
            try await pool.query("select version from schema_migrations order by version", as: Int.self) == [1, 2, 10])
    }

    @Test("a file that fails leaves nothing of itself and is named; those before it stay")
    func failure() async throws {
        let pool = try await freshPool()
        let folder = try Folder([
            "1_a.sql": "create table a (n int);", "2_b.sql": "create table b (n int); select nonsense;",
        ])
        let error = await #expect(throws: MigrationError.self) { try await folder.migrations.apply(to: pool) }
        #expect("\(String(describing: error))".contains("2_b.sql"))
        #expect(try await pool.first("select to_regclass('b') is null", as: Bool.self) == true)
        #expect(try await pool.query("select version from schema_migrations", as: Int.self) == [1])
        try folder.write("2_b.sql", "create table b (n int);")
        #expect(try await folder.migrations.apply(to: pool) == ["2_b.sql"])
    }

    @Test("an applied file that has changed is refused, and nothing is applied")
    func changed() async throws {
        let pool = try await freshPool()
        let folder = try Folder(["1_a.sql": "create table a (n int);"])
        try await folder.migrations.apply(to: pool)
        try folder.write("1_a.sql", "create table a (n bigint);")
        try folder.write("2_b.sql", "create table b (n int);")
        await #expect(throws: MigrationError.changed(file: "1_a.sql")) { try await folder.migrations.apply(to: pool) }
        #expect(try await pool.first("select to_regclass('b') is null", as: Bool.self) == true)
    }

    @Test("names without a number, numbers used twice and latecomers are refused")
    func badNames() async throws {
        let pool = try await freshPool()
        #expect(throws: MigrationError.unnumbered(file: "first.sql")) {
            try Folder(["first.sql": ""]).migrations
        }
        #expect(throws: MigrationError.ambiguous(file: "1_b.sql", other: "01_a.sql")) {
            try Folder(["01_a.sql": "", "1_b.sql": ""]).migrations
        }
        let folder = try Folder(["2_b.sql": "create table b (n int);"])
        try await folder.migrations.apply(to: pool)
        try folder.write("1_a.sql", "create table a (n int);")
        await #expect(throws: MigrationError.outOfOrder(file: "1_a.sql", newest: 2)) {
            try await folder.migrations.apply(to: pool)
        }
    }

    @Test("two processes that apply at once apply each file once")
    func concurrent() async throws {
        let url = try await TestPostgres.shared().createDatabase()
        let folder = try Folder([
            "1_a.sql": "create table a (n int); select pg_sleep(0.1);", "2_b.sql": "insert into a values (1);",
        ])
        let migrations = try folder.migrations
        async let first = migrations.apply(to: try PostgresPool(url: url))
        async let second = migrations.apply(toURL: url)
        let applied = try await [first, second]
        #expect(applied.sorted { $0.count < $1.count } == [[], ["1_a.sql", "2_b.sql"]])
        #expect(try await PostgresPool(url: url).first("select count(*) from a", as: Int.self) == 1)
    }
}
