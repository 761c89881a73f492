import HoneBus
import HoneCore
import Synchronization

/// How long each message was under way, and whether all have come.
final class Arrivals: Sendable {
    private let expected: Int
    private let delays: Mutex<[Int]>
    private let (done, finish) = AsyncStream.makeStream(of: Never.self)

    init(expecting expected: Int) {
        self.expected = expected
        var room: [Int] = []
        room.reserveCapacity(expected)
        delays = Mutex(room)
    }

    func note(_ batch: some Collection<Received<Sample>>) {
        let now = Meter.nanoseconds
        let count = delays.withLock { delays in
            delays.append(contentsOf: batch.lazy.map { now - $0.body.sentAt })
            return delays.count
        }
        if count >= expected { finish.finish() }
    }

    /// Returns when all have come.
    func all() async { for await _ in done {} }

    /// In nanoseconds, shortest first, without those of the first `count` messages.
    func sorted(after count: Int) -> [Int] { delays.withLock { $0.dropFirst(count).sorted() } }
}

/// A handler of batches that only notes what came.
struct BatchSink: BatchHandler {
    let arrivals: Arrivals

    func handle(_ batch: [Received<Sample>], in context: HandlerContext) async throws -> [Outcome] {
        arrivals.note(batch)
        return batch.map { _ in .done }
    }
}

/// A handler of single messages that only notes what came.
struct SingleSink: MessageHandler {
    let arrivals: Arrivals

    func handle(_ message: Received<Sample>, in context: HandlerContext) async throws -> Outcome {
        arrivals.note(CollectionOfOne(message))
        return .done
    }
}

/// A handler that takes a message and never comes back.
struct Keeper: MessageHandler {
    static let delivery = DeliveryPolicy(timeout: nil)

    func handle(_ message: Received<Sample>, in context: HandlerContext) async throws -> Outcome {
        say("holding")
        try await Task.sleep(for: .seconds(3_600))
        return .done
    }
}
