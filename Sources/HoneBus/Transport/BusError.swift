public import HoneCore

/// Something the transport could not do, sorted by what the caller does next.
public enum BusError: TransientFault, Hashable, CustomStringConvertible {
    /// The server is away or busy. Waiting helps.
    case unavailable(String)
    /// A consumer group does not exist (any more): prepare the topics again.
    case groupMissing(String)
    /// A key holds something that is not what the bus keeps there. A person must look.
    case wrongType(key: String)
    /// The server accepts no writes: it is a replica.
    case readOnly(server: String)
    /// The server lacks what the bus needs.
    case unsupported(String)
    /// Anything else the server refused.
    case refused(String)

    public var isTransient: Bool {
        switch self {
        case .unavailable, .groupMissing: true
        case .wrongType, .readOnly, .unsupported, .refused: false
        }
    }

    public var description: String {
        switch self {
        case .unavailable(let reason): "the bus is away: \(reason)"
        case .groupMissing(let reason): "a consumer group is missing: \(reason)"
        case .wrongType(let key): "\(key) is not what the bus keeps under that key; rename or delete it"
        case .readOnly(let server): "\(server) is a read-only replica; name the primary instead"
        case .unsupported(let reason): reason
        case .refused(let reason): "the bus was refused: \(reason)"
        }
    }
}
