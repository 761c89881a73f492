import HoneBus
import HoneCore
import TestServers

extension BusContract {
    static let hanging: [BusBehaviour] = [
        BusBehaviour("a handler that takes too long is stopped and tried again") { bench in
            let calls = Record<Int>()
            let site = try bench.start { try $0.handle(SlowOnce(calls: calls)) }
            try await bench.publish([TestWork(1)])
            try await eventually("the second delivery is done") { calls.count == 2 }
            try await bench.untilIdle(TestWork.topic)
            try await site.stop()
            try expect(calls.all == [1, 2], "the deliveries counted \(calls.all)")
        },

        BusBehaviour("a message whose handler hangs each time ends as a dead letter that says so") { bench in
            let site = try bench.start { try $0.handle(Hanging()) }
            try await bench.publish([TestWork(13)])
            try await bench.untilIdle(TestWork.topic)
            try await site.stop()
            let letters = try await bench.transport.deadLetters(.all, after: nil, limit: 10)
            try expect(letters.map(\.code) == ["timeout"] && letters.first?.deliveries == 3, "\(letters)")
        },

        BusBehaviour("a batch that hangs is taken apart, and only what hangs alone is spent") { bench in
            let done = Record<[Int]>()
            try await bench.transport.prepare([TestWork.topic])
            try await bench.publish((0..<20).map { TestWork($0) })
            let site = try bench.start { try $0.handle(HangingBatch(done: done)) }
            try await bench.untilIdle(TestWork.topic)
            try await site.stop()
            let letters = try await bench.transport.deadLetters(.all, after: nil, limit: 10)
            try expect(letters.map(\.code) == ["timeout"] && letters.first?.deliveries == 3, "\(letters)")
            let others = (0..<20).filter { $0 != 13 }.map { [$0, 1] }
            try expect(done.all.sorted { $0[0] < $1[0] } == others, "done: \(done.all)")
        },
    ]
}

/// Sleeps past its time at the first delivery.
private struct SlowOnce: MessageHandler {
    static let delivery = DeliveryPolicy(
        maxDeliveries: 3, timeout: .milliseconds(50),
        backoff: Backoff(first: .milliseconds(10), longest: .milliseconds(10)))

    let calls: Record<Int>

    func handle(_ message: Received<TestWork>, in context: HandlerContext) async throws -> Outcome {
        calls.note(message.deliveries)
        if message.deliveries == 1 { try await Task.sleep(for: .seconds(60)) }
        return .done
    }
}

/// Never comes back by itself with number 13.
private struct Hanging: MessageHandler {
    static let delivery = SlowOnce.delivery

    func handle(_ message: Received<TestWork>, in context: HandlerContext) async throws -> Outcome {
        if message.body.number == 13 { try await Task.sleep(for: .seconds(60)) }
        return .done
    }
}

/// Never comes back by itself with number 13 among the others; notes numbers and their deliveries.
private struct HangingBatch: BatchHandler {
    static let delivery = SlowOnce.delivery

    let done: Record<[Int]>

    func handle(_ batch: [Received<TestWork>], in context: HandlerContext) async throws -> [Outcome] {
        if batch.contains(where: { $0.body.number == 13 }) { try await Task.sleep(for: .seconds(60)) }
        for message in batch { done.note([message.body.number, message.deliveries]) }
        return batch.map { _ in .done }
    }
}
