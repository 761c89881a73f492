import Testing

@testable import HoneBus

@Suite("What a consumer does next")
struct ConsumerStateTests {
    private let one = delivery(1), two = delivery(2), three = delivery(3)

    @Test("it fetches as many as it has slots, and one more for each that becomes free")
    func slots() {
        var state = ConsumerState(width: 2)
        #expect(state.start() == [.acquire(limit: 2)])
        #expect(state.acquired([one]) == [.handle(.init(id: 0, deliveries: [one])), .acquire(limit: 1)])
        #expect(state.acquired([two]) == [.handle(.init(id: 1, deliveries: [two]))])
        #expect(!state.isFetching)
        #expect(state.finished(call: 0) == [.acquire(limit: 1)])
        #expect(state.held == [two])
    }

    @Test("an empty fetch is followed by the next")
    func nothingThere() {
        var state = ConsumerState(width: 2)
        _ = state.start()
        #expect(state.acquired([]) == [.acquire(limit: 2)])
        #expect(state.isFetching)
    }

    @Test("messages beyond the slots wait their turn and stay held")
    func excess() {
        var state = ConsumerState(width: 1)
        _ = state.start()
        #expect(state.acquired([one, two]) == [.handle(.init(id: 0, deliveries: [one]))])
        #expect(state.heldCount == 2)
        #expect(state.finished(call: 0) == [.handle(.init(id: 1, deliveries: [two]))])
        #expect(state.finished(call: 1) == [.acquire(limit: 1)])
    }

    @Test("while one batch is handled the next is fetched, and no more than that")
    func batches() {
        var state = ConsumerState(width: 1, batch: 2, ahead: 1)
        #expect(state.start() == [.acquire(limit: 2)])
        #expect(state.acquired([one, two]) == [.handle(.init(id: 0, deliveries: [one, two])), .acquire(limit: 2)])
        #expect(state.acquired([three]) == [.acquire(limit: 1)])
        #expect(state.acquired([delivery(4)]) == [])
        #expect(
            state.finished(call: 0) == [.handle(.init(id: 1, deliveries: [three, delivery(4)])), .acquire(limit: 2)])
    }

    @Test("a call that is being settled gives its place to the next, and keeps its messages")
    func settling() {
        var state = ConsumerState(width: 1)
        _ = state.start()
        _ = state.acquired([one, two])
        #expect(state.worked(call: 0) == [.handle(.init(id: 1, deliveries: [two]))])
        #expect(state.held.map(\.entryID).sorted() == ["1-0", "2-0"])
        #expect(state.isHeld(call: 0))
        #expect(state.finished(call: 0) == [])
        #expect(state.finished(call: 1) == [.acquire(limit: 1)])
    }

    @Test("a bus that takes no settlements is not asked for ever more messages")
    func stuckSettling() {
        var state = ConsumerState(width: 2)
        _ = state.start()
        _ = state.acquired([one, two])
        #expect(state.worked(call: 0) == [.acquire(limit: 1)])
        #expect(state.worked(call: 1) == [])
        #expect(state.acquired([three, delivery(4)]).count == 2)
        #expect(state.worked(call: 2) == [])
        #expect(state.worked(call: 3) == [])
        #expect(state.finished(call: 0) == [.acquire(limit: 1)])
    }

    @Test("a drain waits for what is being settled")
    func drainingWhileSettling() {
        var state = ConsumerState(width: 1)
        _ = state.start()
        _ = state.acquired([one])
        _ = state.worked(call: 0)
        _ = state.acquired([])
        #expect(state.drain() == [])
        #expect(state.acquired([]) == [])
        #expect(state.finished(call: 0) == [.finish])
    }

    @Test("a drain hands back what was not begun, waits for the rest, then finishes")
    func draining() {
        var state = ConsumerState(width: 1, batch: 1, ahead: 1)
        _ = state.start()
        _ = state.acquired([one, two])
        #expect(state.drain() == [.handBack([two])])
        #expect(state.held == [one])
        #expect(state.finished(call: 0) == [])
        #expect(state.handedBack() == [.finish])
        #expect(state.drain() == [])
    }

    @Test("what a fetch brings after the drain began is handed back")
    func lateArrival() {
        var state = ConsumerState(width: 2)
        _ = state.start()
        #expect(state.drain() == [])
        #expect(state.acquired([one]) == [.handBack([one])])
        #expect(state.handedBack() == [.finish])
    }

    @Test("an idle consumer that is drained finishes when its fetch returns")
    func idleDrain() {
        var state = ConsumerState(width: 2)
        _ = state.start()
        #expect(state.drain() == [])
        #expect(state.acquired([]) == [.finish])
    }

    @Test("a drain before the start finishes at the start")
    func drainFirst() {
        var state = ConsumerState(width: 2)
        #expect(state.drain() == [.finish])
        #expect(state.start() == [])
        #expect(state.acquired([]) == [])
    }

    @Test("when the grace period is over every call is cancelled, once")
    func cancelling() {
        var state = ConsumerState(width: 2)
        _ = state.start()
        _ = state.acquired([one, two])
        #expect(state.drain() == [])
        #expect(state.cancel() == [.cancel(call: 0), .cancel(call: 1)])
        #expect(state.cancel() == [])
        #expect(state.finished(call: 0) == [])
        #expect(state.finished(call: 1) == [.finish])
    }

    @Test("calls that ignore cancellation are left behind and their messages handed back")
    func abandoning() {
        var state = ConsumerState(width: 1)
        _ = state.start()
        _ = state.acquired([one])
        _ = state.cancel()
        #expect(state.abandon() == [.handBack([one])])
        #expect(!state.isHeld(call: 0))
        #expect(state.handedBack() == [.finish])
        #expect(state.finished(call: 0) == [])
        #expect(state.abandon() == [])
    }

    @Test("an interrupt without a drain goes through both stages at once")
    func interrupt() {
        var state = ConsumerState(width: 1, ahead: 1)
        _ = state.start()
        _ = state.acquired([one, two])
        #expect(state.cancel() == [.handBack([two]), .cancel(call: 0)])
    }

    @Test("a call is stopped when others have taken all of its messages")
    func losing() {
        var state = ConsumerState(width: 1, batch: 2, ahead: 1)
        _ = state.start()
        _ = state.acquired([one, two])
        _ = state.acquired([three])
        #expect(state.lost([one]) == [])
        #expect(state.lost([one, two, three]) == [.cancel(call: 0)])
        #expect(state.held == [one, two])
    }
}

private func delivery(_ number: Int) -> Delivery {
    Delivery(stream: StreamName(topic: "test"), entryID: "\(number)-0", envelope: Envelope())
}
