import Postgres
import TestServers
import Testing

@Suite("the pool", .timeLimit(.minutes(1)))
struct PoolTests {
    @Test("never opens more connections than it may")
    func bounds() async throws {
        let pool = try await freshPool(PoolOptions(maxConnections: 3))
        let inUse = Shared((now: 0, most: 0))
        try await withThrowingTaskGroup { group in
            for _ in 0..<40 {
                group.addTask {
                    try await pool.withConnection { connection in
                        inUse.with { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                        try await connection.run("select pg_sleep(0.005)")
                        inUse.with { $0.now -= 1 }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(inUse.with { $0.most } <= 3)
        #expect(pool.statistics.open <= 3)
        #expect(pool.statistics.idle == pool.statistics.open)
        #expect(
            try await pool.first(
                "select count(*) from pg_stat_activity where datname = current_database()", as: Int.self) ?? 9 <= 3)
    }

    @Test("who waits too long is told so, and the pool works on")
    func waitTimeout() async throws {
        let pool = try await freshPool(PoolOptions(maxConnections: 1, waitTimeout: .milliseconds(100)))
        try await pool.withConnection { _ in
            await #expect(throws: DatabaseError.poolExhausted(waited: .milliseconds(100))) {
                try await pool.run("select 1")
            }
        }
        #expect(pool.statistics.waiting == 0)
        #expect(try await pool.run("select 1") == 1)
    }

    @Test("who may not wait at all is told at once")
    func noWait() async throws {
        let pool = try await freshPool(PoolOptions(maxConnections: 1, waitTimeout: .zero))
        try await pool.withConnection { _ in
            for _ in 0..<20 {
                await #expect(throws: DatabaseError.poolExhausted(waited: .zero)) { try await pool.run("select 1") }
            }
        }
    }

    @Test("who came first is served first")
    func fairness() async throws {
        let pool = try await freshPool(PoolOptions(maxConnections: 1))
        let order = Shared<[Int]>([])
        try await withThrowingTaskGroup { group in
            try await pool.withConnection { _ in
                for number in 0..<8 {
                    group.addTask {
                        try await pool.withConnection { _ in order.with { $0.append(number) } }
                    }
                    try await eventually("\(number + 1) wait") { pool.statistics.waiting == number + 1 }
                }
            }
            try await group.waitForAll()
        }
        #expect(order.with { $0 } == Array(0..<8))
    }

    @Test("a cancelled waiter leaves at once and takes nothing with it")
    func cancelledWaiter() async throws {
        let pool = try await freshPool(PoolOptions(maxConnections: 1))
        try await pool.withConnection { _ in
            let waiter = Task { try await pool.run("select 1") }
            try await eventually("one waits") { pool.statistics.waiting == 1 }
            waiter.cancel()
            await #expect(throws: CancellationError.self) { try await waiter.value }
        }
        #expect(pool.statistics.waiting == 0)
        #expect(try await pool.run("select 1") == 1)
    }

    @Test("an idle connection that the server has closed is replaced without an error")
    func staleIdle() async throws {
        let pool = try await freshPool(PoolOptions(maxConnections: 2))
        let victim = try #require(try await pool.first("select pg_backend_pid()", as: Int.self))
        let killer = try await commonConnection()
        try await killer.run("select pg_terminate_backend(\(victim)::int)")
        try await eventually("it is gone") {
            try await killer.first("select count(*) from pg_stat_activity where pid = \(victim)::int", as: Int.self)
                == 0
        }
        let successor = try await pool.first("select pg_backend_pid()", as: Int.self)
        #expect(successor != victim)
        #expect(pool.statistics.open == 1)
        #expect(pool.statistics.idle == 1)
    }

    @Test("a connection that dies under a statement is a transient error, and its place is free again")
    func lostInUse() async throws {
        let pool = try await freshPool(PoolOptions(maxConnections: 1))
        let error = await #expect(throws: DatabaseError.self) {
            try await pool.run("select pg_terminate_backend(pg_backend_pid())")
        }
        #expect(error?.isTransient == true)
        #expect(try await pool.run("select 1") == 1)
        #expect(pool.statistics.open == 1)
    }

    @Test("while the server restarts callers wait, and then go on")
    func restart() async throws {
        let server = try await TestPostgres.start()
        let pool = try PostgresPool(url: server.url(), options: PoolOptions(maxConnections: 2))
        try await pool.run("create table t (a int)")
        server.stop()
        let insert = Task { try await pool.run("insert into t values (1)") }
        try await eventually("the pool tries again") { pool.statistics.idle == 0 }
        try await server.restart()
        #expect(try await insert.value == 1)
        server.kill()
        try await server.restart()
        #expect(try await pool.first("select count(*) from t", as: Int.self) == 1)
    }

    @Test("a server that stays away is a transient error after the wait limit")
    func serverAway() async throws {
        let url = "postgres://me@127.0.0.1:\(try freePort())/db"
        let pool = try PostgresPool(url: url, options: PoolOptions(maxConnections: 1, waitTimeout: .milliseconds(300)))
        let error = await #expect(throws: DatabaseError.self) { try await pool.run("select 1") }
        guard case .connectionLost = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(pool.statistics.open == 0)
    }

    @Test("a closed pool refuses callers, wakes waiters, and lets the last user finish")
    func closing() async throws {
        let pool = try await freshPool(PoolOptions(maxConnections: 1))
        try await pool.withConnection { connection in
            let waiter = Task { try await pool.run("select 1") }
            try await eventually("one waits") { pool.statistics.waiting == 1 }
            await pool.close()
            await #expect(throws: DatabaseError.closed) { try await waiter.value }
            #expect(try await connection.run("select 1") == 1)
        }
        await #expect(throws: DatabaseError.closed) { try await pool.run("select 1") }
        #expect(pool.statistics.open == 0)
        #expect(pool.statistics.waiting == 0)
    }

    @Test("statements that block leave the shared threads to others")
    func noBlocking() async throws {
        let pool = try await freshPool(PoolOptions(maxConnections: 20))
        try await withThrowingTaskGroup { group in
            for _ in 0..<20 { group.addTask { _ = try await pool.run("select pg_sleep(60) /* all */") } }
            try await untilRunning("/* all */", count: 20, watching: try PostgresPool(url: try await pool.url()))
            let start = ContinuousClock.now
            await withTaskGroup { others in for _ in 0..<100 { others.addTask { await Task.yield() } } }
            #expect(ContinuousClock.now - start < .seconds(1))
            group.cancelAll()
            while let result = await group.nextResult() { #expect(throws: CancellationError.self) { try result.get() } }
        }
    }
}

extension PostgresPool {
    /// The address of the database this pool is connected to.
    fileprivate func url() async throws -> String {
        let server = try await TestPostgres.shared()
        return server.url(database: try #require(try await first("select current_database()", as: String.self)))
    }
}
