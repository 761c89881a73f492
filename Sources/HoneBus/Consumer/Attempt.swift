import Foundation
import HoneCore
import Logging

/// How a call of a handler ended.
enum Attempt<Result: Sendable>: Sendable {
    case returned(Result)
    case failed(TaskFault)
    /// A shutdown stopped it: no failure, and no delivery is spent.
    case interrupted
}

/// Calls handlers: waits while the machinery is away, ends calls that take too long, sorts what they throw.
struct Attempter: Sendable {
    let timeout: Duration?
    let outageBackoff: Backoff
    let logger: Logger

    func attempt<Result: Sendable>(_ call: @escaping @Sendable () async throws -> Result) async -> Attempt<Result> {
        var generator = SystemRandomNumberGenerator()
        for outage in 1... {
            do {
                return .returned(try await limited(call))
            } catch  where Task.isCancelled {
                return .interrupted
            } catch let fault as any TransientFault where fault.isTransient {
                logger.warning("waiting for the machinery to come back", metadata: ["error": "\(fault)"])
                try? await Task.sleep(for: outageBackoff.delay(attempt: outage, using: &generator))
                if Task.isCancelled { return .interrupted }
            } catch {
                return .failed(TaskFault(causedBy: error))
            }
        }
        return .interrupted
    }

    private func limited<Result: Sendable>(
        _ call: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        guard let timeout else { return try await call() }
        return try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await call() }
            group.addTask {
                try await Task.sleep(for: timeout)
                throw TaskFault(.timeout, "the handler took longer than \(timeout)")
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }
}

extension TaskFault {
    /// What a handler threw, as dead letters tell it.
    init(causedBy error: any Error) {
        self = error as? TaskFault ?? TaskFault(.internal, String("\(type(of: error)): \(error)".prefix(500)))
    }
}
