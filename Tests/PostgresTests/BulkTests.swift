import Foundation
import Postgres
import Testing

private struct Refusal: Error {}

@Suite("many rows at once", .timeLimit(.minutes(1)))
struct BulkTests {
    private typealias Row = [any PostgresEncodable & Sendable]

    private func connectionWithTable() async throws -> PostgresConnection {
        let connection = try await commonConnection()
        try await connection.execute(script: "create temp table t (id int primary key, name text, tags text[])")
        return connection
    }

    @Test("COPY writes ten thousand rows, whatever their texts hold")
    func copy() async throws {
        let connection = try await connectionWithTable()
        let names: [String?] = ["plain", "tab\t", "line\n\r", "back\\slash", "\\N", "", nil, "漢🦉"]
        let rows = (0..<10_000).map { [$0, names[$0 % names.count], ["a", "\\\"\t"]] as Row }
        #expect(try await connection.copy(into: "pg_temp.t", columns: ["id", "name", "tags"], rows: rows) == 10_000)
        #expect(
            try await connection.query("select name from t order by id limit \(names.count)", as: String?.self) == names
        )
        #expect(try await connection.first("select tags from t where id = 77", as: [String].self) == ["a", "\\\"\t"])
        #expect(try await connection.first("select count(*) from t", as: Int.self) == 10_000)
    }

    @Test("COPY reads an asynchronous source")
    func asyncCopy() async throws {
        let connection = try await connectionWithTable()
        let rows = AsyncStream { continuation in
            for number in 0..<5000 { continuation.yield([number, "n"] as Row) }
            continuation.finish()
        }
        #expect(try await connection.copy(into: "t", columns: ["id", "name"], rows: rows) == 5000)
    }

    @Test("a COPY whose source fails, or that breaks a constraint, leaves nothing")
    func failedCopy() async throws {
        let connection = try await connectionWithTable()
        let failing = AsyncThrowingStream<Row, any Error> { continuation in
            continuation.yield([1, "a"])
            continuation.finish(throwing: Refusal())
        }
        await #expect(throws: Refusal.self) {
            try await connection.copy(into: "t", columns: ["id", "name"], rows: failing)
        }
        await #expect(throws: DatabaseError.violates(constraint: "t_pkey", sqlState: "23505")) {
            try await connection.copy(into: "t", columns: ["id"], rows: [[1], [1]] as [Row])
        }
        await #expect(throws: DatabaseError.self) {
            try await connection.copy(into: "t", columns: ["id", "name"], rows: [[1, "\0"]] as [Row])
        }
        await #expect(throws: DatabaseError.self) {
            try await connection.copy(into: "nowhere", columns: ["id"], rows: [[1]] as [Row])
        }
        #expect(try await connection.first("select count(*) from t", as: Int.self) == 0)
    }

    @Test("a pipeline runs all its statements in order and counts their rows")
    func pipeline() async throws {
        let connection = try await connectionWithTable()
        let counts = try await connection.pipeline { pipeline in
            for number in 0..<500 { pipeline.run("insert into t (id) values (\(number))") }
            pipeline.run("update t set name = \("x") where id < \(10)")
            pipeline.run("select * from t")
        }
        #expect(counts == Array(repeating: 1, count: 500) + [10, 500])
        #expect(try await connection.pipeline([]) == [])
    }

    @Test("a pipeline whose answers are larger than any buffer does not stall")
    func largePipeline() async throws {
        let connection = try await commonConnection()
        let text = String(repeating: "x", count: 200_000)
        let counts = try await connection.pipeline((0..<30).map { _ in "select repeat(\(text)::text, 2)" })
        #expect(counts == Array(repeating: 1, count: 30))
    }

    @Test("a pipeline that fails throws the first fault and leaves nothing")
    func failedPipeline() async throws {
        let connection = try await connectionWithTable()
        await #expect(throws: DatabaseError.violates(constraint: "t_pkey", sqlState: "23505")) {
            try await connection.pipeline { pipeline in
                pipeline.run("insert into t (id) values (1)")
                pipeline.run("insert into t (id) values (1)")
                pipeline.run("insert into t (id) values (2)")
            }
        }
        #expect(try await connection.first("select count(*) from t", as: Int.self) == 0)
        let pool = try await freshPool()
        try await pool.run("create table t (id int)")
        _ = try await pool.transaction {
            try await $0.pipeline(["insert into t values (1)", "insert into t values (2)"])
        }
        #expect(try await pool.first("select count(*) from t", as: Int.self) == 2)
    }

    @Test("arrays write many rows in one statement")
    func unnest() async throws {
        let connection = try await connectionWithTable()
        let ids = Array(0..<1000)
        let names = ids.map { $0 % 3 == 0 ? nil : "name, \"\($0)\"" }
        let count = try await connection.run(
            """
            insert into t (id, name) select * from unnest(\(ids)::int[], \(names)::text[])
            on conflict (id) do nothing
            """)
        #expect(count == 1000)
        #expect(try await connection.query("select name from t order by id", as: String?.self) == names)
    }
}
