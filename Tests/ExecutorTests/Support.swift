import Synchronization

/// A value that a closure found.
final class Found<Value: Sendable>: Sendable {
    private let state = Mutex<Value?>(nil)

    var value: Value? { state.withLock { $0 } }
    func keep(_ value: Value) { state.withLock { $0 = value } }
}
