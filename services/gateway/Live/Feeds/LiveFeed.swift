import HoneBus
import HoneMessages

/// A series of events whose ids rise: what a socket has a place in.
enum LiveFeed: Int, Sendable, CaseIterable {
    case progress
    /// Progress once more, with the owners of the tasks: looking those up must not hold up the others.
    case owned
    case statistics
    case logs
    /// How Hone as a whole is; made here, on no stream.
    case system

    /// The stream it is read from.
    var topic: Topic? {
        switch self {
        case .progress, .owned: .progress
        case .statistics: .statsUpdated
        case .logs: .logs
        case .system: nil
        }
    }
}
