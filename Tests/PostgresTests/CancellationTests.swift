import Glibc
import Postgres
import TestServers
import Testing

@Suite("cancellation", .timeLimit(.minutes(1)))
struct CancellationTests {
    @Test("cancelling a task stops its statement on the server, and the connection stays usable")
    func stops() async throws {
        let pool = try await freshPool(PoolOptions(maxConnections: 2))
        let process = try await pool.first("select pg_backend_pid()", as: Int.self)
        let task = Task { try await pool.run("select pg_sleep(60) /* slow */") }
        try await untilRunning("/* slow */", watching: pool)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await untilRunning("/* slow */", count: 0, watching: pool)
        #expect(pool.statistics.open == pool.statistics.idle)
        #expect(try await pool.query("select pg_backend_pid()", as: Int.self).count == 1)
        #expect(process != nil)
    }

    @Test("a cancelled task sends nothing")
    func beforehand() async throws {
        let connection = try await commonConnection()
        try await connection.execute(script: "create temp table t (a int)")
        let started = Gate()
        let task = Task {
            await started.pass()
            try await connection.run("insert into t values (1)")
        }
        task.cancel()
        await started.open()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await connection.first("select count(*) from t", as: Int.self) == 0)
    }

    @Test("a late request to cancel never hits the next statement")
    func late() async throws {
        let connection = try await commonConnection()
        for _ in 0..<100 {
            let task = Task { try await connection.run("select pg_sleep(0.001)") }
            await Task.yield()
            task.cancel()
            _ = await task.result
            #expect(try await connection.first("select 1 from pg_sleep(0.001)", as: Int.self) == 1)
        }
    }

    @Test("a server that stops answering is given up after the statement's limit")
    func frozen() async throws {
        let server = try await TestPostgres.start()
        var options = PoolOptions(maxConnections: 1, statementTimeout: .milliseconds(10))
        options.connection.connectTimeout = .seconds(1)
        let pool = try PostgresPool(url: server.url(), options: options)
        let process = try #require(try await pool.first("select pg_backend_pid()", as: Int32.self))
        _ = Glibc.kill(process, SIGSTOP)
        await #expect(throws: DatabaseError.timedOut) { try await pool.run("select 1") }
        #expect(pool.statistics.open == 0)
        _ = Glibc.kill(process, SIGCONT)
        #expect(try await pool.run("select 1") == 1)
    }
}
