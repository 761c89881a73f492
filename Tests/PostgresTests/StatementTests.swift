import Postgres
import Testing

@Suite("statements are prepared once and stay valid", .timeLimit(.minutes(1)))
struct StatementTests {
    @Test("a statement run twice is prepared once")
    func cache() async throws {
        let connection = try await commonConnection()
        for number in 1...5 {
            #expect(try await connection.first("select \(number)::int /* marker one */", as: Int.self) == number)
        }
        #expect(
            try await connection.first(
                "select count(*) from pg_prepared_statements where statement like '%marker one%'", as: Int.self) == 2)
    }

    @Test("the cache is bounded: old statements are let go on the server too")
    func bound() async throws {
        let connection = try await commonConnection()
        for number in 1...300 {
            _ = try await connection.first("select 1 as \(identifier: "c\(number)")", as: Int.self)
        }
        let count = try #require(
            try await connection.first("select count(*) from pg_prepared_statements", as: Int.self))
        #expect((250...256).contains(count))
        #expect(try await connection.first("select 1 as c1", as: Int.self) == 1)
    }

    @Test("after alter table the statement is prepared again and works on")
    func alteredTable() async throws {
        let connection = try await commonConnection()
        try await connection.execute(script: "create temp table t (a int); insert into t values (1)")
        #expect(try await connection.query("select * from t", as: [String: Int].self) == [["a": 1]])
        try await connection.execute(script: "alter table t add column b int default 2")
        #expect(try await connection.query("select * from t", as: [String: Int].self) == [["a": 1, "b": 2]])
        try await connection.execute(script: "alter table t add column c int default 3")
        #expect(try await connection.pipeline { $0.run("select * from t") } == [1])
        try await connection.execute(script: "deallocate all")
        #expect(try await connection.query("select * from t", as: [String: Int].self).count == 1)
    }

    @Test("inside a transaction a stale plan makes the transaction run again")
    func alteredInTransaction() async throws {
        let pool = try await freshPool(PoolOptions(maxConnections: 1))
        try await pool.withConnection { try await $0.execute(script: "create table t (a int)") }
        _ = try await pool.query("select * from t", as: [String: Int].self)
        try await pool.withConnection { try await $0.execute(script: "alter table t add column b int") }
        let attempts = Counter()
        try await pool.transaction { transaction in
            attempts.add()
            _ = try await transaction.query("select * from t", as: [String: Int].self)
        }
        #expect(attempts.count == 2)
    }

    @Test("a statement can be described without being run")
    func describe() async throws {
        let connection = try await commonConnection()
        let description = try await connection.describe("select $1::uuid as id, 7::bigint as n")
        #expect(description.parameterTypes == [2950])
        #expect(description.columns.map(\.name) == ["id", "n"])
        #expect(description.columns.map(\.type) == [2950, 20])
        await #expect(throws: DatabaseError.self) { try await connection.describe("select nonsense") }
        #expect(try await connection.describe("delete from pg_class where false").columns.isEmpty)
    }

    @Test("run returns the rows touched; a script runs as a whole or not at all")
    func scripts() async throws {
        let connection = try await commonConnection()
        try await connection.execute(script: "create temp table t (a int)")
        #expect(try await connection.run("insert into t select generate_series(1, 5)") == 5)
        #expect(try await connection.run("update t set a = 0 where a > \(3)") == 2)
        await #expect(throws: DatabaseError.self) {
            try await connection.execute(script: "delete from t; select 1/0;")
        }
        #expect(try await connection.first("select count(*) from t", as: Int.self) == 5)
    }

    @Test("session settings are those that decoding relies on")
    func session() async throws {
        var options = PostgresOptions()
        options.applicationName = "a test's name"
        options.statementTimeout = .seconds(7)
        options.sessionSettings = ["enable_seqscan": "off", "work_mem": "2MB"]
        let connection = try await PostgresConnection.open(url: TestPostgresURL.common(), options: options)
        for (name, value) in [
            ("TimeZone", "UTC"), ("DateStyle", "ISO, MDY"), ("client_encoding", "UTF8"), ("statement_timeout", "7s"),
            ("application_name", "a test's name"), ("bytea_output", "hex"),
            ("enable_seqscan", "off"), ("work_mem", "2MB"),
        ] {
            #expect(try await connection.first("select current_setting(\(name))", as: String.self) == value)
        }
    }
}
