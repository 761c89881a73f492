import Postgres
import TestServers
import Testing

@Suite("notifications", .timeLimit(.minutes(1)))
struct NotificationTests {
    @Test("what is told to a channel arrives in order, and only that; a rolled back one never")
    func arrive() async throws {
        let pool = try await freshPool()
        let stream = try await pool.notifications(on: "my \"channel\"")
        try await pool.notify("another", payload: "no")
        try await pool.notify("my \"channel\"", payload: "one 🦉")
        _ = try? await pool.transaction { transaction in
            try await transaction.notify("my \"channel\"", payload: "undone")
            try await transaction.run("select 1/0")
        }
        try await pool.transaction { try await $0.notify("my \"channel\"") }
        var received: [PostgresNotification] = []
        for try await notification in stream {
            received.append(notification)
            if received.count == 2 { break }
        }
        #expect(received.map(\.payload) == ["one 🦉", ""])
        #expect(received.map(\.channel) == ["my \"channel\"", "my \"channel\""])
    }

    @Test("the connection is closed when the stream is let go")
    func letGo() async throws {
        let pool = try await freshPool()
        let listening: SQL =
            "select count(*) from pg_stat_activity where query like 'listen%' and datname = current_database()"
        let task = Task {
            for try await _ in try await pool.notifications(on: "c") {}
        }
        try await eventually("it listens") { try await pool.first(listening, as: Int.self) == 1 }
        task.cancel()
        try await eventually("it is gone") { try await pool.first(listening, as: Int.self) == 0 }
        _ = await task.result
    }

    @Test("a broken connection ends the stream with a transient error")
    func broken() async throws {
        let pool = try await freshPool()
        let stream = try await pool.notifications(on: "c")
        try await pool.run(
            "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()"
        )
        let error = await #expect(throws: DatabaseError.self) { for try await _ in stream {} }
        #expect(error?.isTransient == true)
    }
}
