public import HoneCore

/// What became of a message. Returning it is the acknowledgement: there is no other way to acknowledge.
public enum Outcome: Sendable {
    /// Its effects are committed; these follow-ups and the acknowledgement go out together.
    case done(publish: [Publication])
    /// Try again, by policy when `after` is nil; one of its deliveries is spent.
    case retry(after: Duration? = nil, because: TaskFault)
    /// It can never be done: to the dead letters, with the reason.
    case reject(because: TaskFault)

    public static let done = Outcome.done(publish: [])

    /// A closed set of names for metrics.
    public var name: String {
        switch self {
        case .done: "done"
        case .retry: "retry"
        case .reject: "reject"
        }
    }
}
