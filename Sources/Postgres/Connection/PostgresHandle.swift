internal import CLibPQ
import Foundation

/// The only owner of one `PGconn`. Neither copyable nor `Sendable`: libpq never meets two callers at once.
///
/// The socket is non-blocking and every wait is ours, so that each has a deadline. After `connectionLost` or a missed
/// deadline the handle is good for nothing but to be dropped.
@safe struct PostgresHandle: ~Copyable {
    typealias Deadline = ContinuousClock.Instant

    private let connection: OpaquePointer?
    let server: String

    /// A handle to nothing, on which every call fails as lost.
    init(unconnectedTo server: String) {
        unsafe connection = nil
        self.server = server
    }

    init(connectingTo settings: ConnectionSettings) throws(DatabaseError) {
        guard let started = unsafe Self.start(settings.parameters) else {
            throw .connectionLost(server: settings.server, reason: "out of memory")
        }
        do {
            try unsafe Self.establish(started, settings)
        } catch {
            unsafe PQfinish(started)
            throw error
        }
        unsafe connection = started
        server = settings.server
    }

    deinit { unsafe PQfinish(connection) }

    /// The raw pointer, for the other files of this type and for nobody else.
    @unsafe var raw: OpaquePointer? { unsafe connection }

    var isBroken: Bool { unsafe PQstatus(connection) != CONNECTION_OK }
    var isInTransaction: Bool { unsafe PQtransactionStatus(connection) != PQTRANS_IDLE }
    var socket: Int32 { unsafe PQsocket(connection) }

    /// What libpq says about its last failure, as a lost connection.
    func lost() -> DatabaseError {
        .connectionLost(server: server, reason: unsafe Self.reason(connection))
    }

    /// libpq refused a call. With the connection intact, it was the call that was wrong.
    func refused() -> DatabaseError {
        isBroken ? lost() : .rejected(sqlState: "XX000", message: unsafe Self.reason(connection))
    }

    /// Waits until the socket can be read (or written, with `POLLOUT`).
    @discardableResult
    func wait(for events: Int32, until deadline: Deadline?) throws(DatabaseError) -> Int32 {
        guard let ready = poll(socket, for: events, until: deadline) else { throw .timedOut }
        return ready
    }

    /// Takes in whatever has arrived, without waiting.
    func takeInput() throws(DatabaseError) {
        guard unsafe PQconsumeInput(connection) == 1 else { throw lost() }
    }

    /// Sends all that is buffered, taking in answers meanwhile so that the server is never blocked by us.
    func flush(until deadline: Deadline?) throws(DatabaseError) {
        while true {
            switch unsafe PQflush(connection) {
            case 0: return
            case 1: if try wait(for: POLLIN | POLLOUT, until: deadline) & POLLIN != 0 { try takeInput() }
            default: throw lost()
            }
        }
    }

    /// The next result of what was sent; nil when the statement has no more.
    func nextResult(until deadline: Deadline?) throws(DatabaseError) -> PostgresResult? {
        while unsafe PQisBusy(connection) == 1 {
            try wait(for: POLLIN, until: deadline)
            try takeInput()
        }
        return unsafe PQgetResult(connection).map { unsafe PostgresResult($0) }
    }

    /// An object that can cancel what runs here from another thread.
    func makeCanceller() -> QueryCanceller {
        // A fresh copy of what is needed to reach the server: libpq keeps no reference to it.
        nonisolated(unsafe) let cancel = unsafe PQgetCancel(connection)
        return unsafe QueryCanceller(cancel)
    }

    /// The next notification that has already arrived.
    func nextNotification() -> PostgresNotification? {
        guard let notice = unsafe PQnotifies(connection) else { return nil }
        defer { unsafe PQfreemem(notice) }
        return unsafe PostgresNotification(
            channel: String(cString: notice.pointee.relname), payload: String(cString: notice.pointee.extra),
            processID: Int(notice.pointee.be_pid))
    }
}

extension PostgresHandle {
    private static func start(_ parameters: [(keyword: String, value: String)]) -> OpaquePointer? {
        let keywords = unsafe parameters.map { unsafe strdup($0.keyword) }
        let values = unsafe parameters.map { unsafe strdup($0.value) }
        defer { unsafe (keywords + values).forEach { unsafe free($0) } }
        return unsafe PQconnectStartParams(
            keywords.map { unsafe UnsafePointer($0) } + [nil], values.map { unsafe UnsafePointer($0) } + [nil], 1)
    }

    /// Drives the handshake to its end within the time that the options give.
    private static func establish(_ raw: OpaquePointer, _ settings: ConnectionSettings) throws(DatabaseError) {
        let deadline = ContinuousClock.now + settings.options.connectTimeout
        unsafe PQsetErrorVerbosity(raw, PQERRORS_VERBOSE)
        unsafe PQsetNoticeProcessor(raw, { _, _ in }, nil)
        var step = unsafe PQstatus(raw) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
        while step != PGRES_POLLING_OK {
            if step == PGRES_POLLING_FAILED {
                throw unsafe ConnectFailure(libpq: message(raw)).sorted(server: settings.server)
            }
            let events = step == PGRES_POLLING_READING ? POLLIN : POLLOUT
            guard unsafe poll(PQsocket(raw), for: events, until: deadline) != nil else {
                let limit = settings.options.connectTimeout
                throw .connectionLost(server: settings.server, reason: "no connection within \(limit)")
            }
            step = unsafe PQconnectPoll(raw)
        }
        unsafe PQsetErrorVerbosity(raw, PQERRORS_DEFAULT)
        unsafe PQsetnonblocking(raw, 1)
    }

    private static func message(_ raw: OpaquePointer?) -> String {
        unsafe PQerrorMessage(raw).map { unsafe String(cString: $0) } ?? ""
    }

    private static func reason(_ raw: OpaquePointer?) -> String {
        let line = unsafe message(raw).split(separator: "\n").first?.trimmingSpaces ?? ""
        return line.isEmpty ? "the connection was closed" : line
    }
}

/// Waits for events on one socket and returns those that came; nil when the deadline passed first.
func poll(_ socket: Int32, for events: Int32, until deadline: ContinuousClock.Instant?) -> Int32? {
    var entry = pollfd(fd: socket, events: Int16(events), revents: 0)
    while true {
        let left = deadline.map { Int32(clamping: max(0, ($0 - ContinuousClock.now).roundedUpMilliseconds)) } ?? -1
        let count = unsafe poll(&entry, 1, left)
        if count > 0 { return Int32(entry.revents) }
        if count == 0 { return nil }
        // A bad descriptor is reported as readable: the next libpq call then names the fault.
        if errno != EINTR { return POLLIN }
    }
}

extension Duration {
    fileprivate var roundedUpMilliseconds: Int64 {
        components.seconds * 1000 + (components.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    }
}
