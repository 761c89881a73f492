import Foundation
import Postgres
import Testing

@Suite("SQL keeps values apart from text")
struct SQLTests {
    @Test("an interpolated value is bound, a string too")
    func binding() {
        let name = "x'; drop table agents; --"
        let sql: SQL = "select * from agents where name = \(name) and age > \(7)"
        #expect(sql.text == "select * from agents where name = $1 and age > $2")
        #expect(sql.values == [.text(name), .text("7")])
    }

    @Test("a fragment is spliced and its values renumbered")
    func fragments() {
        let condition: SQL = "age > \(7) or age is null"
        let sql: SQL = "select \(true) where (\(fragment: condition)) and (\(fragment: condition)) limit \(3)"
        #expect(
            sql.text == "select $1 where (age > $2 or age is null) and (age > $3 or age is null) limit $4")
        #expect(sql.values == [.text("t"), .text("7"), .text("7"), .text("3")])
    }

    @Test("an identifier is quoted")
    func identifiers() {
        let sql: SQL = "select \(identifier: "a\"; drop table b; --")"
        #expect(sql.text == "select \"a\"\"; drop table b; --\"")
        #expect(sql.values.isEmpty)
    }

    @Test("null, optionals and arrays bind as such")
    func values() {
        let sql: SQL = "\(Int?.none) \([1, 2]) \([String?.none, "a\"b"]) \([UInt8(1), 255]) \([[1], [2]])"
        #expect(
            sql.values == [
                .null, .array("{\"1\",\"2\"}"), .array("{NULL,\"a\\\"b\"}"), .text("\\x01ff"),
                .array("{{\"1\"},{\"2\"}}"),
            ])
    }

    @Test("an injection attempt stays data", .timeLimit(.minutes(1)))
    func injection() async throws {
        let connection = try await commonConnection()
        try await connection.execute(script: "create temp table agents (name text)")
        let attempts = ["'; drop table agents; --", "$1", "\\'; select pg_sleep(9); --", "') , ('x"]
        for attempt in attempts { try await connection.run("insert into agents values (\(attempt))") }
        #expect(try await connection.query("select name from agents", as: String.self) == attempts)
        try await connection.run("create temp table \(identifier: attempts[0]) (\(identifier: attempts[1]) int)")
        #expect(try await connection.run("insert into \(identifier: attempts[0]) values (1)") == 1)
    }
}
