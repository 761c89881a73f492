import Testing

@testable import Postgres

@Suite("the pool's bookkeeping")
struct PoolStateTests {
    @Test("places are granted up to the capacity, idle members first")
    func capacity() {
        var state = PoolState<String, Int>(capacity: 2)
        #expect(state.grant()?.member == "new")
        #expect(state.grant()?.member == "new")
        #expect(state.grant() == nil)
        #expect(state.put(back: "a") == nil)
        #expect(state.grant()?.member == "a")
        #expect(state.open == 2)
    }

    @Test("what comes back goes to the one who has waited longest")
    func order() {
        var state = PoolState<String, Int>(capacity: 1)
        _ = state.grant()
        state.wait(10, number: 1)
        state.wait(20, number: 2)
        #expect(state.grant() == nil)
        #expect(state.put(back: "a") == 10)
        #expect(state.vacate() == 20)
        #expect(state.open == 1)
        #expect(state.vacate() == nil)
        #expect(state.open == 0)
    }

    @Test("who leaves the queue is not served, and cannot leave twice")
    func leaving() {
        var state = PoolState<String, Int>(capacity: 1)
        _ = state.grant()
        state.wait(10, number: 1)
        state.wait(20, number: 2)
        #expect(state.leave(1) == 10)
        #expect(state.leave(1) == nil)
        #expect(state.put(back: "a") == 20)
        #expect(state.waiting == 0)
    }

    @Test("after closing nothing is kept")
    func closing() {
        var state = PoolState<String, Int>(capacity: 2)
        _ = state.grant()
        _ = state.grant()
        _ = state.put(back: "a")
        state.wait(10, number: 1)
        let (waiters, idle) = state.close()
        #expect(waiters == [10])
        #expect(idle == ["a"])
        #expect(state.put(back: "b") == nil)
        #expect(state.open == 0)
        #expect(state.idle.isEmpty)
    }
}

extension PoolGrant<String> {
    fileprivate var member: String {
        switch self {
        case .existing(let member): member
        case .place: "new"
        }
    }
}
