import Synchronization

/// How much of an answer has reached its reader. What has been seen cannot be taken back: after the first text
/// nothing is retried.
final class AnswerProgress: Sendable {
    private struct State {
        var firstTextAt: ContinuousClock.Instant?
        var bytes = 0
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> ContinuousClock.Instant

    init(_ timing: ModelTiming) {
        now = timing.now
    }

    var hasText: Bool { firstTextAt != nil }
    var firstTextAt: ContinuousClock.Instant? { state.withLock { $0.firstTextAt } }
    var bytes: Int { state.withLock { $0.bytes } }

    /// Notes every text on its way to `receive`.
    func watching(_ receive: @escaping ChatReceiver) -> ChatReceiver {
        { event in
            if case .text(let text) = event { self.note(text) }
            try await receive(event)
        }
    }

    private func note(_ text: String) {
        let instant = now()
        state.withLock {
            $0.firstTextAt = $0.firstTextAt ?? instant
            $0.bytes += text.utf8.count
        }
    }
}
