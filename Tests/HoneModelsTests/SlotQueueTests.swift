import Testing

@testable import HoneModels

@Suite("Slots", .timeLimit(.minutes(1)))
struct SlotQueueTests {
    private let slots = SlotQueue()

    private func take(limit: Int, patience: Duration = .seconds(30)) async throws {
        try await slots.take(limit: limit, patience: patience) { try await Task.sleep(for: $0) }
    }

    private func waiting(_ count: Int) async throws {
        try await until("\(count) wait") { slots.waiting == count }
    }

    @Test("they are given out in the order of asking")
    func fairness() async throws {
        try await take(limit: 1)
        let order = Collector<Int>()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...5 {
                group.addTask {
                    try await self.take(limit: 1)
                    order.add(number)
                    self.slots.giveBack()
                }
                try await waiting(number)
            }
            slots.giveBack()
            try await group.waitForAll()
        }
        #expect(order.elements == [1, 2, 3, 4, 5])
        #expect(slots.taken == 0)
    }

    @Test("a waiter that is cancelled leaves the queue and the slots as they were")
    func cancellation() async throws {
        try await take(limit: 1)
        let waiter = Task { try await self.take(limit: 1) }
        try await waiting(1)
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        #expect(slots.waiting == 0)
        slots.giveBack()
        #expect(slots.taken == 0)
    }

    @Test("a waiter that was cancelled before it asked does not wait")
    func cancelledBefore() async throws {
        try await take(limit: 1)
        let waiter = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await self.take(limit: 1)
        }
        await #expect(throws: CancellationError.self) { try await waiter.value }
    }

    @Test("patience ends")
    func patience() async throws {
        try await take(limit: 1)
        await #expect(throws: SlotQueue.TooLong.self) { try await take(limit: 1, patience: .milliseconds(5)) }
        await #expect(throws: SlotQueue.TooLong.self) { try await take(limit: 1, patience: .zero) }
        #expect(slots.waiting == 0)
    }

    @Test("each caller's own limit counts")
    func limits() async throws {
        try await take(limit: 3)
        try await take(limit: 3)
        let modest = Task { try await self.take(limit: 2) }
        try await waiting(1)
        slots.giveBack()
        try await modest.value
        #expect(slots.taken == 2)
    }
}
