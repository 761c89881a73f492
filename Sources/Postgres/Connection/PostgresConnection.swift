import Synchronization

/// One connection, on a thread of its own: statements run one at a time, in the order they are asked for, and block
/// nobody else.
///
/// A connection is borrowed from a ``PostgresPool``, or opened alone with ``open(url:options:)``. Session state that
/// you set stays set: prefer `set local` in a transaction.
public actor PostgresConnection: SQLExecutor {
    /// What the pool must know without asking the thread.
    struct Health {
        var isBroken = false
        var isInTransaction = false
        var socket: Int32 = -1
    }

    private let lane: BlockingLane
    let settings: ConnectionSettings
    nonisolated let health = Mutex(Health())
    var handle: PostgresHandle
    var statements = PreparedStatements(capacity: 256)
    private var canceller: QueryCanceller?
    private var transactionCount: UInt64 = 0
    private var currentTransaction: UInt64?

    public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe lane.asUnownedSerialExecutor() }

    private init(_ settings: ConnectionSettings) {
        self.settings = settings
        lane = BlockingLane(name: "postgres")
        handle = PostgresHandle(unconnectedTo: settings.server)
    }

    /// Opens a connection outside any pool. It closes when the last reference goes, or by ``close()``.
    public static func open(url: String, options: PostgresOptions = .init()) async throws -> PostgresConnection {
        try await open(ConnectionSettings(url: url, options: options))
    }

    static func open(_ settings: ConnectionSettings) async throws -> PostgresConnection {
        let connection = PostgresConnection(settings)
        try await connection.connect()
        return connection
    }

    private func connect() throws {
        handle = try PostgresHandle(connectingTo: settings)
        canceller = handle.makeCanceller()
        noteHealth()
    }

    /// Ends the connection; what is asked of it later fails as lost.
    public func close() {
        handle = PostgresHandle(unconnectedTo: settings.server)
        canceller = nil
        noteHealth()
    }

    @discardableResult
    public func run(_ sql: SQL) async throws -> Int {
        try await execute(sql) { $0.affectedRows }
    }

    public func query<Row: Decodable & Sendable>(_ sql: SQL, as type: Row.Type) async throws -> [Row] {
        try await execute(sql) { try RowSet($0).decode(type) }
    }

    public func first<Row: Decodable & Sendable>(_ sql: SQL, as type: Row.Type) async throws -> Row? {
        try await execute(sql) { try RowSet($0).decode(type, limit: 1).first }
    }

    /// Runs a script of many statements without parameters, for its effect. Outside a transaction it is one of its own.
    public func execute(script: String) async throws {
        try await interruptible { _ = try self.runScript(script) }
    }

    /// Has the server parse a statement and say what it takes and gives, without running it.
    public func describe(_ sqlText: String) async throws -> StatementDescription {
        try await interruptible {
            try self.handle.sendPrepare("", sqlText)
            _ = try self.answer(to: sqlText)
            try self.handle.sendDescribe("")
            return StatementDescription(try self.answer(to: sqlText))
        }
    }

    func execute<Value>(
        _ sql: SQL, in transaction: UInt64? = nil, _ read: (PostgresResult) throws -> Value
    ) async throws -> Value {
        try checkOpen(transaction)
        return try read(await interruptible { try self.perform(sql) })
    }

    /// Runs `body`, which blocks this thread, and has the server stop it when the task is cancelled.
    func interruptible<Value>(_ body: () throws -> Value) async throws -> Value {
        try Task.checkCancellation()
        guard let canceller else { throw handle.lost() }
        let ticket = canceller.begin()
        defer {
            canceller.end()
            noteHealth()
        }
        do {
            return try await withTaskCancellationHandler(operation: body) { canceller.cancel(ticket) }
        } catch DatabaseError.timedOut where Task.isCancelled {
            throw CancellationError()
        }
    }

    /// Runs what must happen even in a cancelled task: the end of a transaction, the release of a lock.
    func uninterruptible<Value>(_ body: () throws -> Value) throws -> Value {
        defer { noteHealth() }
        return try body()
    }
}

// MARK: transactions, as seen from the connection

extension PostgresConnection {
    func begin(_ isolation: IsolationLevel) async throws -> Transaction {
        guard currentTransaction == nil else {
            throw DatabaseError.rejected(sqlState: "25001", message: "this connection is in a transaction already")
        }
        try await interruptible { _ = try self.runScript("begin isolation level \(isolation.rawValue)") }
        transactionCount += 1
        currentTransaction = transactionCount
        return Transaction(connection: self, number: transactionCount)
    }

    func commit() throws {
        currentTransaction = nil
        let tag = try uninterruptible { try runScript("commit") }
        guard tag == "COMMIT" else {
            throw DatabaseError.rejected(
                sqlState: "25P02", message: "nothing was committed: a statement had failed and its error was ignored")
        }
    }

    /// Best effort: a connection that cannot roll back is broken, which undoes the transaction too.
    func rollback() {
        currentTransaction = nil
        if handle.isInTransaction { _ = try? uninterruptible { try runScript("rollback") } }
    }

    /// A transaction that outlived its closure must not write into the next one.
    func checkOpen(_ transaction: UInt64?) throws {
        guard transaction == nil || transaction == currentTransaction else {
            throw DatabaseError.rejected(sqlState: "25P01", message: "this transaction has ended")
        }
    }
}

extension PostgresConnection {
    private func noteHealth() {
        let now = Health(isBroken: handle.isBroken, isInTransaction: handle.isInTransaction, socket: handle.socket)
        health.withLock { $0 = now }
    }
}
