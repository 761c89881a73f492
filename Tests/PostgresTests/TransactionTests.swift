import Postgres
import TestServers
import Testing

private struct Refusal: Error {}

@Suite("transactions", .timeLimit(.minutes(1)))
struct TransactionTests {
    private func poolWithCounters() async throws -> PostgresPool {
        let pool = try await freshPool()
        try await pool.run("create table counters (id int primary key, n int not null)")
        try await pool.run("insert into counters values (1, 0), (2, 0)")
        return pool
    }

    @Test("what returns is committed, what throws is rolled back")
    func ends() async throws {
        let pool = try await poolWithCounters()
        let result = try await pool.transaction { transaction in
            try await transaction.run("update counters set n = 1 where id = 1")
            return try await transaction.first("select n from counters where id = 1", as: Int.self)
        }
        #expect(result == 1)
        await #expect(throws: Refusal.self) {
            try await pool.transaction { transaction in
                try await transaction.run("update counters set n = 5")
                throw Refusal()
            }
        }
        #expect(try await pool.query("select n from counters order by id", as: Int.self) == [1, 0])
        #expect(pool.statistics.open == pool.statistics.idle)
    }

    @Test("two serializable transactions that collide both take effect, one on its second attempt")
    func serialization() async throws {
        let pool = try await poolWithCounters()
        let attempts = Counter()
        let reads = Counter()
        let bothHaveRead = Gate()
        @Sendable func increment() async throws {
            try await pool.transaction(isolation: .serializable) { transaction in
                attempts.add()
                let n = try #require(
                    try await transaction.first("select n from counters where id = 1", as: Int.self))
                reads.add()
                if reads.count >= 2 { await bothHaveRead.open() }
                await bothHaveRead.pass()
                try await transaction.run("update counters set n = \(n + 1) where id = 1")
            }
        }
        async let first: Void = increment()
        async let second: Void = increment()
        _ = try await (first, second)
        #expect(try await pool.first("select n from counters where id = 1", as: Int.self) == 2)
        #expect(attempts.count >= 3)
    }

    @Test("of two transactions that wait for each other both take effect")
    func deadlock() async throws {
        let pool = try await poolWithCounters()
        let attempts = Counter()
        let held = Counter()
        let bothHoldOne = Gate()
        @Sendable func increment(_ first: Int, then second: Int) async throws {
            try await pool.transaction { transaction in
                attempts.add()
                try await transaction.run("update counters set n = n + 1 where id = \(first)")
                held.add()
                if held.count >= 2 { await bothHoldOne.open() }
                await bothHoldOne.pass()
                try await transaction.run("update counters set n = n + 1 where id = \(second)")
            }
        }
        async let there: Void = increment(1, then: 2)
        async let back: Void = increment(2, then: 1)
        _ = try await (there, back)
        #expect(try await pool.query("select n from counters", as: Int.self) == [2, 2])
        #expect(attempts.count >= 3)
    }

    @Test("a conflict that never ends is given up after the last attempt")
    func attemptsEnd() async throws {
        let pool = try await freshPool()
        let attempts = Counter()
        await #expect(throws: DatabaseError.conflict(sqlState: "40001")) {
            try await pool.transaction(maxAttempts: 3) { transaction in
                attempts.add()
                try await transaction.run("do $$ begin raise exception using errcode = '40001'; end $$")
            }
        }
        #expect(attempts.count == 3)
    }

    @Test("a swallowed error does not pass for a commit")
    func swallowed() async throws {
        let pool = try await poolWithCounters()
        let error = await #expect(throws: DatabaseError.self) {
            try await pool.transaction { transaction in
                try await transaction.run("update counters set n = 9")
                _ = try? await transaction.run("select 1/0")
            }
        }
        guard case .rejected("25P02", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await pool.first("select max(n) from counters", as: Int.self) == 0)
    }

    @Test("a transaction kept beyond its closure refuses statements")
    func escaped() async throws {
        let pool = try await poolWithCounters()
        let escaped = try await pool.transaction { $0 }
        await #expect(throws: DatabaseError.self) { try await escaped.run("update counters set n = 9") }
        try await pool.transaction { _ in
            await #expect(throws: DatabaseError.self) { try await escaped.run("update counters set n = 9") }
        }
        #expect(try await pool.first("select max(n) from counters", as: Int.self) == 0)
    }

    @Test("a connection left inside a transaction is not lent again")
    func leftOpen() async throws {
        let pool = try await freshPool(PoolOptions(maxConnections: 1))
        let first = try await pool.withConnection { connection in
            try await connection.execute(script: "begin")
            return try await connection.first("select pg_backend_pid()", as: Int.self)
        }
        #expect(try await pool.first("select pg_backend_pid()", as: Int.self) != first)
    }

    @Test("a cancelled transaction is rolled back")
    func cancelled() async throws {
        let pool = try await poolWithCounters()
        let task = Task {
            try await pool.transaction { transaction in
                try await transaction.run("update counters set n = 9")
                try await transaction.run("select pg_sleep(60) /* in transaction */")
            }
        }
        try await untilRunning("/* in transaction */", watching: pool)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await pool.first("select max(n) from counters", as: Int.self) == 0)
        #expect(pool.statistics.open == pool.statistics.idle)
    }
}
