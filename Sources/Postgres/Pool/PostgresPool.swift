// Postgres: connections, statements and rows over libpq. Knows nothing of Hone.

import Foundation
import Synchronization

/// A bounded set of connections to one database, opened when needed and shared by everyone in the process.
///
/// Who comes first is served first. Broken connections are dropped; new ones are tried with jittered back-off for as
/// long as a caller may wait, so a short restart of the server is felt as a pause.
public final class PostgresPool: Sendable, SQLExecutor {
    /// How things stand at this moment.
    public struct Statistics: Sendable, Hashable {
        public let open: Int
        public let idle: Int
        public let waiting: Int
    }

    private typealias Grant = PoolGrant<PostgresConnection>
    private typealias State = PoolState<PostgresConnection, CheckedContinuation<Grant, any Error>>

    let settings: ConnectionSettings
    private let options: PoolOptions
    private let state: Mutex<State>

    /// Checks the URL, and opens nothing yet.
    public init(url: String, options: PoolOptions = .init()) throws {
        settings = try ConnectionSettings(url: url, options: options.connection)
        self.options = options
        state = Mutex(State(capacity: options.maxConnections))
    }

    public var statistics: Statistics {
        state.withLock { Statistics(open: $0.open, idle: $0.idle.count, waiting: $0.waiting) }
    }

    /// Lends a connection to `body`. It comes back when `body` ends, so do not keep it.
    @discardableResult
    public func withConnection<Value>(_ body: (PostgresConnection) async throws -> Value) async throws -> Value {
        let connection = try await borrow()
        defer { giveBack(connection) }
        return try await body(connection)
    }

    /// The same for several statements in a row, on the connection's thread.
    @discardableResult
    public func session<Value: Sendable>(
        _ body: @Sendable (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await withConnection { try await $0.session(body) }
    }

    @discardableResult
    public func run(_ sql: SQL) async throws -> Int {
        try await withConnection { try await $0.run(sql) }
    }

    public func query<Row: Decodable & Sendable>(_ sql: SQL, as type: Row.Type) async throws -> [Row] {
        try await withConnection { try await $0.query(sql, as: type) }
    }

    public func first<Row: Decodable & Sendable>(_ sql: SQL, as type: Row.Type) async throws -> Row? {
        try await withConnection { try await $0.first(sql, as: type) }
    }

    /// Closes idle connections now and the others as they come back. Who waits, and who comes later, gets `closed`.
    public func close() async {
        let (waiters, idle) = state.withLock { $0.close() }
        for waiter in waiters { waiter.resume(throwing: DatabaseError.closed) }
        for connection in idle { await connection.close() }
    }

    /// Listens to a channel on a connection of its own, outside the pool's bound, until the stream is let go.
    ///
    /// The server listens when this returns. When the connection breaks the stream throws `connectionLost`; what was
    /// told meanwhile is lost, so after listening again look at the tables.
    public func notifications(
        on channel: String
    ) async throws -> AsyncThrowingStream<PostgresNotification, any Error> {
        try await PostgresConnection.open(settings).notifications(on: channel)
    }
}

// MARK: borrowing

extension PostgresPool {
    private func borrow() async throws -> PostgresConnection {
        try Task.checkCancellation()
        let deadline = ContinuousClock.now + options.waitTimeout
        switch try await grant(until: deadline) {
        case .existing(let connection):
            if isAlive(connection) { return connection }
            return try await open(until: deadline)
        case .place:
            return try await open(until: deadline)
        }
    }

    private func grant(until deadline: ContinuousClock.Instant) async throws -> Grant {
        if let grant = try state.withLock({ try Self.grant(&$0) }) { return grant }
        let number = state.withLock { $0.newNumber() }
        let alarm = Task {
            try await Task.sleep(until: deadline, clock: .continuous)
            leave(number, with: .poolExhausted(waited: options.waitTimeout))
        }
        defer { alarm.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wait($0, number: number, until: deadline) }
        } onCancel: {
            leave(number, with: nil)
        }
    }

    /// Queues up, unless something has come free since the first look. Who was cancelled, or is late, before standing
    /// in the queue was not found there, and so leaves it now.
    private func wait(
        _ waiter: CheckedContinuation<Grant, any Error>, number: UInt64, until deadline: ContinuousClock.Instant
    ) {
        let grant = Result {
            try state.withLock { state in
                let grant = try Self.grant(&state)
                if grant == nil { state.wait(waiter, number: number) }
                return grant
            }
        }
        switch grant {
        case .success(nil): break
        case .success(let grant?): waiter.resume(returning: grant)
        case .failure(let error): waiter.resume(throwing: error)
        }
        if Task.isCancelled { leave(number, with: nil) }
        if .now >= deadline { leave(number, with: .poolExhausted(waited: options.waitTimeout)) }
    }

    /// Resumes a waiter without a connection: with an error, or as cancelled.
    private func leave(_ number: UInt64, with error: DatabaseError?) {
        let waiter = state.withLock { $0.leave(number) }
        waiter?.resume(throwing: error ?? CancellationError())
    }

    private static func grant(_ state: inout State) throws -> Grant? {
        guard !state.isClosed else { throw DatabaseError.closed }
        return state.grant()
    }

    /// An idle socket with something to read is one that the server has closed, or is about to: its last words come
    /// first. In the rare case that it was something else a sound connection is replaced, which does no harm.
    private func isAlive(_ connection: PostgresConnection) -> Bool {
        poll(connection.health.withLock { $0.socket }, for: POLLIN, until: .now) == nil
    }

    /// Opens a connection for a place that is ours, trying again while the fault may pass and there is time.
    private func open(until deadline: ContinuousClock.Instant) async throws -> PostgresConnection {
        var pause = Backoff(first: .milliseconds(50), limit: .seconds(1))
        while true {
            do {
                return try await PostgresConnection.open(settings)
            } catch {
                let delay = pause.next()
                let isTransient = (error as? DatabaseError)?.isTransient ?? false
                guard isTransient, .now + delay < deadline, (try? await Task.sleep(for: delay)) != nil else {
                    vacate()
                    throw Task.isCancelled ? CancellationError() : error
                }
            }
        }
    }

    private func giveBack(_ connection: PostgresConnection) {
        let health = connection.health.withLock { $0 }
        if health.isBroken || health.isInTransaction { return vacate() }
        let waiter = state.withLock { $0.put(back: connection) }
        waiter?.resume(returning: .existing(connection))
    }

    private func vacate() {
        let waiter = state.withLock { $0.vacate() }
        waiter?.resume(returning: .place)
    }
}
