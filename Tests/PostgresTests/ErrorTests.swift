import Postgres
import TestServers
import Testing

@Suite("errors say what to do next and keep values to themselves", .timeLimit(.minutes(1)))
struct ErrorTests {
    @Test("a broken constraint is named")
    func constraints() async throws {
        let connection = try await commonConnection()
        try await connection.execute(
            script: """
                create temp table t (a int constraint t_key primary key, b int not null constraint t_small check (b < 9))
                """)
        try await connection.run("insert into t values (1, 1)")
        let cases: [(SQL, DatabaseError)] = [
            ("insert into t values (1, 2)", .violates(constraint: "t_key", sqlState: "23505")),
            ("insert into t values (2, 10)", .violates(constraint: "t_small", sqlState: "23514")),
            ("insert into t values (3, null)", .violates(constraint: "t.b", sqlState: "23502")),
        ]
        for (sql, error) in cases { await #expect(throws: error) { try await connection.run(sql) } }
    }

    @Test("no value is in an error, whatever the server would say")
    func noValues() async throws {
        let connection = try await commonConnection()
        try await connection.execute(
            script: "create temp table t (a int primary key, b varchar(3)); create type pg_temp.e as enum ('x')")
        let secret = "se\"cret"
        let attempts: [SQL] = [
            "select \(secret)::int", "select \(secret)::timestamptz", "select \(secret)::uuid",
            "select \(secret)::jsonb",
            "select \(secret)::pg_temp.e", "select \(secret)::bool", "insert into t (b) values (\(secret))",
            "select (\(secret)::text)::bigint", "select ('{' || \(secret)::text)::int[]",
        ]
        for sql in attempts {
            let error = await #expect(throws: DatabaseError.self) { try await connection.run(sql) }
            #expect(!"\(String(describing: error))".contains("cret"), "\(sql.text)")
        }
        let error = await #expect(throws: DatabaseError.self) {
            try await connection.run("select \("99999999999")::text::int")
        }
        #expect(!"\(String(describing: error))".contains("9999"))
    }

    @Test("a mistake in a statement is rejected with its code, and the statement is told")
    func rejected() async throws {
        await #expect(
            throws: DatabaseError.rejected(
                sqlState: "42P01", message: "relation \"nowhere\" does not exist in: select * from nowhere where a = $1"
            )
        ) {
            try await commonConnection().run("select *\n from nowhere where a = \(1)")
        }
    }

    @Test("a statement over its time limit is stopped")
    func timeLimit() async throws {
        var options = PostgresOptions()
        options.statementTimeout = .milliseconds(100)
        let connection = try await PostgresConnection.open(url: TestPostgresURL.common(), options: options)
        await #expect(throws: DatabaseError.timedOut) { try await connection.run("select pg_sleep(30)") }
        #expect(try await connection.first("select 1", as: Int.self) == 1)
    }

    @Test("a lock that cannot be had is a conflict")
    func lockTimeout() async throws {
        let pool = try await freshPool()
        try await pool.run("create table t (a int)")
        try await pool.transaction { holder in
            try await holder.run("lock table t")
            await #expect(throws: DatabaseError.conflict(sqlState: "55P03")) {
                try await pool.transaction { try await $0.run("lock table t nowait") }
            }
        }
    }

    @Test("transient faults are told from lasting ones")
    func transience() {
        let transient: [DatabaseError] = [
            .connectionLost(server: "s", reason: "r"), .poolExhausted(waited: .seconds(1)),
            .conflict(sqlState: "40001"), .unavailable(reason: "r"),
        ]
        let lasting: [DatabaseError] = [
            .timedOut, .violates(constraint: "c", sqlState: "23505"), .rejected(sqlState: "42601", message: "m"),
            .undecodable(column: "c", expected: "e", found: "f"), .invalidURL(reason: "r"), .closed,
        ]
        for error in transient { #expect(error.isTransient) }
        for error in lasting { #expect(!error.isTransient) }
    }

    @Test("COPY through run is refused and the connection is given up")
    func strayCopy() async throws {
        let pool = try await freshPool(PoolOptions(maxConnections: 1))
        try await pool.run("create table t (a int)")
        await #expect(throws: DatabaseError.self) { try await pool.run("copy t to stdout") }
        #expect(try await pool.run("insert into t values (1)") == 1)
    }
}

@Suite("a connection that cannot be made says why", .timeLimit(.minutes(1)))
struct ConnectTests {
    @Test("a URL that is none is refused at once, without its password")
    func badURLs() {
        for url in [
            "", "redis://localhost", "localhost:5432", "postgres://user:hunter2@host:port:5432/db",
            "postgres://user:hunter2@[::1/db", "postgres://user:hunter2@host/db?nonsense=hunter2",
        ] {
            let error = #expect(throws: DatabaseError.self) { try PostgresPool(url: url) }
            guard case .invalidURL(let reason) = error else {
                Issue.record("\(url): \(String(describing: error))")
                continue
            }
            #expect(!reason.isEmpty && !reason.contains("hunter2"), "\(reason)")
        }
    }

    @Test("TLS demanded of a server without it is a lasting error that says so")
    func noTLS() async throws {
        let url = try await TestPostgresURL.common() + "?sslmode=require"
        let error = await #expect(throws: DatabaseError.self) { try await PostgresPool(url: url).run("select 1") }
        guard case .rejected("08001", let message) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(message.contains("server does not support SSL, but SSL was required"))
    }

    @Test("a missing database and a missing role are lasting errors with the server's code")
    func missing() async throws {
        let server = try await TestPostgres.shared()
        for (url, code) in [
            (server.url(database: "nowhere"), "3D000"),
            ("postgres://nobody@127.0.0.1:\(server.port)/postgres", "28000"),
        ] {
            let error = await #expect(throws: DatabaseError.self) { try await PostgresConnection.open(url: url) }
            guard case .rejected(code, _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }

    @Test("a server that is not there is a transient error that names it and not the password")
    func noServer() async throws {
        let port = try freePort()
        let error = await #expect(throws: DatabaseError.self) {
            try await PostgresConnection.open(url: "postgres://me:hunter2@127.0.0.1:\(port)/db")
        }
        #expect(error?.isTransient == true)
        let description = String(describing: error)
        #expect(description.contains("127.0.0.1:\(port)/db"))
        #expect(description.contains("refused"))
        #expect(!description.contains("hunter2"))
    }
}
