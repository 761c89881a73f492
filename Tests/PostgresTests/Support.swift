import Postgres
import Synchronization
import TestServers

/// A pool on an empty database of its own.
func freshPool(_ options: PoolOptions = .init()) async throws -> PostgresPool {
    try PostgresPool(url: try await TestPostgres.shared().createDatabase(), options: options)
}

/// A connection to the common database: for tests that leave nothing behind.
func commonConnection() async throws -> PostgresConnection {
    try await PostgresConnection.open(url: try await TestPostgres.shared().url())
}

/// Waits, on the server, until so many statements that contain `text` are running or waiting for a lock.
func untilRunning(_ text: String, count: Int = 1, waiting: Bool = false, watching pool: PostgresPool) async throws {
    try await eventually("\(count) × \(text)") {
        let running = try await pool.first(
            """
            select count(*) from pg_stat_activity
            where state = 'active' and pid <> pg_backend_pid() and datname = current_database()
                and strpos(query, \(text)) > 0 and (not \(waiting)::bool or wait_event_type = 'Lock')
            """, as: Int.self)
        return running == count
    }
}

/// A gate that tasks wait at until it is opened.
actor Gate {
    private var isOpen = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    func open() {
        isOpen = true
        for waiter in waiters { waiter.resume() }
        waiters = []
    }

    func pass() async {
        guard !isOpen else { return }
        await withCheckedContinuation { waiters.append($0) }
    }
}

/// A value that several tasks may change.
final class Shared<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) { self.value = Mutex(value) }

    func with<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        value.withLock { value in body(&value) }
    }
}

/// Counts from several tasks.
final class Counter: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    func add() { value.withLock { $0 += 1 } }
}

enum TestPostgresURL {
    /// The database that exists anyway.
    static func common() async throws -> String { try await TestPostgres.shared().url() }
}
