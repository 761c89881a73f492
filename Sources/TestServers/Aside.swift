import Foundation

/// Computes something long on a thread of its own. The pool that tests run on has as many threads as there are cores: who
/// computes there holds up all that wait.
public func aside<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread { continuation.resume(with: Result(catching: work)) }.start()
    }
}
