/// A statement Postgres did not carry out, sorted by what the caller should do next.
///
/// No case carries a value that was bound or stored: texts are the server's primary message with values cut out.
/// `sqlState` is the five-character code of the PostgreSQL manual, appendix A.
public enum DatabaseError: Error, Hashable {
    /// The connection is gone, or could not be made; the pool has dropped it. Retry, unless the lost statement was a
    /// commit: whether that took effect is unknown.
    case connectionLost(server: String, reason: String)
    /// Every connection of the pool was busy for as long as the caller may wait. Retry later.
    case poolExhausted(waited: Duration)
    /// Another transaction got there first: serialization failure, deadlock, a lock not to be had, or a plan that was
    /// overtaken by a change of schema. Retry from `begin`.
    case conflict(sqlState: String)
    /// The server is starting, stopping or out of resources. Retry later.
    case unavailable(reason: String)
    /// The statement ran into its time limit and was stopped.
    case timedOut
    /// A constraint said no. Retrying cannot help.
    case violates(constraint: String, sqlState: String)
    /// The server refused the statement itself: syntax, a missing table, a bad value, no permission.
    case rejected(sqlState: String, message: String)
    /// A column did not hold what the Swift type needs.
    case undecodable(column: String, expected: String, found: String)
    /// The connection URL cannot be used.
    case invalidURL(reason: String)
    /// The pool or the connection was closed by its owner.
    case closed

    /// Whether the same work, started again from its beginning, may succeed.
    public var isTransient: Bool {
        switch self {
        case .connectionLost, .poolExhausted, .conflict, .unavailable: true
        case .timedOut, .violates, .rejected, .undecodable, .invalidURL, .closed: false
        }
    }

    /// Whether a transaction should be run again at once: the server says that it would serialize now.
    var isWorthRerunning: Bool {
        switch self {
        case .conflict(let sqlState): sqlState != "55P03"
        default: false
        }
    }
}

extension DatabaseError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .connectionLost(let server, let reason): "no connection to Postgres at \(server): \(reason)"
        case .poolExhausted(let waited): "no free Postgres connection within \(waited)"
        case .conflict(let sqlState): "another transaction got there first (\(sqlState))"
        case .unavailable(let reason): "Postgres cannot serve now: \(reason)"
        case .timedOut: "the statement ran into its time limit"
        case .violates(let constraint, let sqlState): "violates constraint \(constraint) (\(sqlState))"
        case .rejected(let sqlState, let message): "Postgres refused (\(sqlState)): \(message)"
        case .undecodable(let column, let expected, let found):
            "column \(column): expected \(expected), found \(found)"
        case .invalidURL(let reason): "not a usable Postgres URL: \(reason)"
        case .closed: "the Postgres connection or pool was closed"
        }
    }
}
