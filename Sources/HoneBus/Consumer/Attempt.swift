import Foundation
import HoneCore
import Logging

/// How a call of a handler ended.
enum Attempt<Result: Sendable>: Sendable {
    case returned(Result)
    case failed(TaskFault)
    /// A shutdown stopped it: no failure, and no delivery is spent.
    case interrupted

    var isTimeout: Bool {
        if case .failed(let fault) = self { fault.code == .timeout } else { false }
    }
}

/// Calls handlers: waits while the machinery is away, ends calls that take too long, sorts what they throw.
struct Attempter: Sendable {
    let timeout: Duration?
    let times: CallTimes
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

    /// Stopped when its time is over; what it returns all the same stands.
    private func limited<Result: Sendable>(
        _ call: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        guard let timeout else { return try await call() }
        let number = times.begins(until: .now + timeout)
        // At once and on this thread: most calls cost no change of threads then.
        let work = Task.immediate { try await call() }
        times.stops(number) { work.cancel() }
        let result = await withTaskCancellationHandler {
            await work.result
        } onCancel: {
            work.cancel()
        }
        let isLate = times.ended(number)
        do {
            return try result.get()
        } catch  where isLate && !Task.isCancelled {
            throw TaskFault(.timeout, "the handler took longer than \(timeout)")
        }
    }
}

extension TaskFault {
    /// What a handler threw, as dead letters tell it.
    init(causedBy error: any Error) {
        self = error as? TaskFault ?? TaskFault(.internal, String("\(type(of: error)): \(error)".prefix(500)))
    }
}
