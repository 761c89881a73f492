import HoneBus
import Synchronization

/// Events that wait for their writer, the oldest forgotten when there are too many.
final class ProgressBuffer: Sendable {
    /// One at least for every time that something came into the empty buffer.
    let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation
    private let capacity: Int
    private let waiting = Mutex<[Publication]>([])

    init(capacity: Int) {
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        self.capacity = capacity
    }

    func add(_ publications: [Publication]) {
        let wasEmpty = waiting.withLock { waiting in
            defer {
                waiting += publications
                // Many at once, so that an outage does not move all of them for every one that comes.
                if waiting.count > capacity { waiting.removeFirst(waiting.count - capacity * 9 / 10) }
            }
            return waiting.isEmpty
        }
        if wasEmpty { signal.yield() }
    }

    /// All that waits, in the order in which it came.
    func take() -> [Publication] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }

    /// Ends the signals; what waits can still be taken.
    func finish() { signal.finish() }
}
