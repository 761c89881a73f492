/// An error of the machinery rather than of the work: the same call may succeed a little later.
public protocol TransientFault: Error {
    /// Whether waiting can help. False for the error's other cases.
    var isTransient: Bool { get }
}
