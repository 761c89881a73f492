import Synchronization

/// When an intake last heard from the bus, what went wrong since, and when it last looked after the others.
final class Pulse: Sendable {
    private struct Reading {
        var lastBeat = ContinuousClock.now
        var nextTakeOver = ContinuousClock.now
        var failures = 0
        var problem: String?
    }

    private let graceAfterOutage: Duration
    private let reading = Mutex(Reading())

    /// After an outage nobody has renewed for a while; the others get this long to do so before they count as dead.
    init(graceAfterOutage: Duration) {
        self.graceAfterOutage = graceAfterOutage
    }

    var age: Duration { reading.withLock { .now - $0.lastBeat } }
    var problem: String? { reading.withLock { $0.problem } }

    func beat() {
        reading.withLock {
            $0.lastBeat = .now
            $0.failures = 0
            $0.problem = nil
        }
    }

    func recovered() {
        reading.withLock { $0.problem = nil }
    }

    /// Notes a failure and returns how many there were in a row.
    @discardableResult func fail(_ error: any Error) -> Int {
        reading.withLock {
            $0.failures += 1
            $0.problem = "\(error)"
            $0.nextTakeOver = max($0.nextTakeOver, .now + graceAfterOutage)
            return $0.failures
        }
    }

    func isTakeOverDue(every interval: Duration) -> Bool {
        reading.withLock {
            guard $0.nextTakeOver <= .now else { return false }
            $0.nextTakeOver = .now + interval
            return true
        }
    }
}
