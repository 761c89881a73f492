import Synchronization
import Testing

@testable import HoneBus

@Suite("The time that calls have")
struct CallTimesTests {
    private let times = CallTimes()
    private let start = ContinuousClock.now

    private func began(_ limit: Duration, stop: @escaping @Sendable () -> Void) -> Int {
        let call = times.begins(until: start + limit)
        times.stops(call, by: stop)
        return call
    }

    @Test("a call that has not let go of its thread yet counts too, and is stopped as soon as it can be")
    func held() {
        let stops = Mutex(0)
        let call = times.begins(until: start + .seconds(5))
        #expect(times.overtime(at: start + .seconds(7)) == .seconds(2))
        #expect(times.stopLate(at: start + .seconds(7)) == 1)
        times.stops(call) { stops.withLock { $0 += 1 } }
        #expect(stops.withLock { $0 } == 1 && times.ended(call))
    }

    @Test("a call is stopped when its time is over, once, and no earlier")
    func stopping() {
        let stops = Mutex(0)
        let call = began(.seconds(5)) { stops.withLock { $0 += 1 } }
        #expect(times.stopLate(at: start + .seconds(4)) == 0 && stops.withLock { $0 } == 0)
        #expect(times.overtime(at: start + .seconds(4)) == .zero)
        #expect(times.stopLate(at: start + .seconds(5)) == 1 && times.stopLate(at: start + .seconds(6)) == 0)
        #expect(stops.withLock { $0 } == 1 && times.overtime(at: start + .seconds(7)) == .seconds(2))
        #expect(times.ended(call) && times.overtime(at: start + .seconds(7)) == .zero)
    }

    @Test("a call that ends in time was not stopped, and is nobody's concern")
    func inTime() {
        let call = began(.seconds(5)) { Issue.record("it was stopped") }
        #expect(!times.ended(call))
        #expect(times.stopLate(at: start + .seconds(9)) == 0 && times.overtime(at: start + .seconds(9)) == .zero)
    }

    @Test("of several calls only the late ones are stopped, and the latest counts")
    func several() {
        let stopped = Mutex<[Int]>([])
        for limit in [1, 3, 8] {
            _ = began(.seconds(limit)) { stopped.withLock { $0.append(limit) } }
        }
        #expect(times.stopLate(at: start + .seconds(4)) == 2 && stopped.withLock { $0.sorted() } == [1, 3])
        #expect(times.overtime(at: start + .seconds(4)) == .seconds(3))
    }
}
