import Postgres
import TestServers
import Testing

@Suite("advisory locks", .timeLimit(.minutes(1)))
struct LockTests {
    @Test("a lock excludes others until it is let go, also after an error")
    func excludes() async throws {
        struct Refusal: Error {}
        let pool = try await freshPool()
        let inside = Gate()
        let mayLeave = Gate()
        let holder = Task {
            try await pool.withAdvisoryLock(7) { _ in
                await inside.open()
                await mayLeave.pass()
                throw Refusal()
            }
        }
        await inside.pass()
        #expect(try await pool.tryAdvisoryLock(7) { _ in true } == nil)
        #expect(try await pool.tryAdvisoryLock(8) { _ in true } == true)
        let waiter = Task { try await pool.withAdvisoryLock(7) { _ in "had it" } }
        try await untilRunning("pg_advisory_lock", waiting: true, watching: pool)
        await mayLeave.open()
        await #expect(throws: Refusal.self) { try await holder.value }
        #expect(try await waiter.value == "had it")
        #expect(try await pool.tryAdvisoryLock(7) { _ in true } == true)
    }

    @Test("a cancelled holder lets go; a cancelled waiter does not get it")
    func cancellation() async throws {
        let pool = try await freshPool()
        try await pool.withAdvisoryLock(7) { _ in
            let waiter = Task { try await pool.withAdvisoryLock(7) { _ in } }
            try await untilRunning("pg_advisory_lock", waiting: true, watching: pool)
            waiter.cancel()
            await #expect(throws: CancellationError.self) { try await waiter.value }
        }
        let inside = Gate()
        let holder = Task {
            try await pool.withAdvisoryLock(7) { connection in
                await inside.open()
                try await connection.run("select pg_sleep(60)")
            }
        }
        await inside.pass()
        holder.cancel()
        await #expect(throws: CancellationError.self) { try await holder.value }
        #expect(try await pool.tryAdvisoryLock(7) { _ in true } == true)
    }

    @Test("a transaction's lock ends with it")
    func transactional() async throws {
        let pool = try await freshPool()
        try await pool.transaction { first in
            try await first.advisoryLock(7)
            let other = try await pool.transaction { try await $0.tryAdvisoryLock(7) }
            #expect(!other)
        }
        #expect(try await pool.transaction { try await $0.tryAdvisoryLock(7) })
    }
}
