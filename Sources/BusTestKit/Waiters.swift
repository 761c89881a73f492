import Foundation
import Synchronization

/// Wakes those who wait for news; whoever takes a ticket before looking misses none.
final class Waiters: Sendable {
    private struct State {
        var version = 0
        var waiting: [UUID: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    func ticket() -> Int { state.withLock { $0.version } }

    func wakeAll() {
        let waiting = state.withLock { state in
            state.version += 1
            defer { state.waiting = [:] }
            return state.waiting.values.map { $0 }
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns when there is news since the ticket was taken, or at the deadline; throws when cancelled.
    func wait(for ticket: Int, until deadline: ContinuousClock.Instant) async throws {
        let id = UUID()
        let alarm = Task {
            try await Task.sleep(until: deadline)
            wake(id)
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isStale = state.withLock { state in
                    guard state.version == ticket, !Task.isCancelled else { return true }
                    state.waiting[id] = continuation
                    return false
                }
                if isStale { continuation.resume() }
            }
        } onCancel: {
            wake(id)
        }
        alarm.cancel()
        try Task.checkCancellation()
    }

    private func wake(_ id: UUID) {
        state.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
    }
}
