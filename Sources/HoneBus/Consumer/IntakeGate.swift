import Synchronization

/// Lets a handler take new messages, or not for now. What it holds, and what others left behind, it works on either way.
public final class IntakeGate: Sendable {
    private let state = Mutex(true)

    /// Open.
    public init() {}

    public var isOpen: Bool { state.withLock { $0 } }

    public func open() { state.withLock { $0 = true } }

    public func close() { state.withLock { $0 = false } }
}
