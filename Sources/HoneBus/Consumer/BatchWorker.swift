import HoneCore
import Logging

/// Works on many messages in one call; when the call fails, finds out whose fault it was.
struct BatchWorker<Handler: BatchHandler>: Worker {
    let handler: Handler
    let place: Workplace

    var topic: Topic { Handler.Input.topic }
    var messageType: String { Handler.Input.type }

    /// As many messages are decoded by one core while others decode the rest of the batch.
    private static var share: Int { 64 }

    @concurrent func work(_ deliveries: [Delivery]) async -> Worked {
        var worked = Worked()
        worked.settlements.reserveCapacity(deliveries.count)
        var (ready, messages) = ([Delivery](), [Received<Handler.Input>]())
        let refused = handler.refused as Workplace.RefusedHook
        for (delivery, inspection) in zip(deliveries, await inspected(deliveries)) {
            switch inspection {
            case .ready(let message):
                ready.append(delivery)
                messages.append(message)
            case .skip: await place.carryOut(.settle(.skip), on: delivery, in: &worked, refused: refused)
            case .refuse(let fault): await place.carryOut(.refuse(fault), on: delivery, in: &worked, refused: refused)
            }
        }
        for (delivery, attempt) in zip(ready, await attempts(at: messages)) {
            let ruling = place.verdict(on: attempt, for: delivery)
            await place.carryOut(ruling, on: delivery, in: &worked, refused: refused)
        }
        return worked
    }

    /// Decoding is most of the work that a message is for us, so a large batch is shared out.
    private func inspected(_ deliveries: [Delivery]) async -> [Inspection<Handler.Input>] {
        let inspect =
            { [inspector = place.inspector] in inspector.inspect($0, as: Handler.Input.self) }
            as @Sendable (Delivery) -> Inspection<Handler.Input>
        guard deliveries.count > Self.share else { return deliveries.map(inspect) }
        return await withTaskGroup { group in
            let starts = stride(from: 0, to: deliveries.count, by: Self.share)
            for start in starts {
                group.addTask { (start, deliveries[start...].prefix(Self.share).map(inspect)) }
            }
            let shares = await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            return starts.flatMap { shares[$0] ?? [] }
        }
    }

    private func attempts(at messages: [Received<Handler.Input>]) async -> [Attempt<Outcome>] {
        guard !messages.isEmpty else { return [] }
        switch await handle(messages) {
        case .returned(let outcomes): return outcomes.map { .returned($0) }
        case .interrupted: return messages.map { _ in .interrupted }
        case .failed(let fault) where messages.count == 1: return [.failed(fault)]
        case .failed(let fault): return await oneByOne(messages, after: fault)
        }
    }

    /// One bad message fails its whole batch; alone, each answers for itself. Once one alone took too long, the rest
    /// goes back unspent: it may be what they all wait for.
    private func oneByOne(
        _ messages: [Received<Handler.Input>], after fault: TaskFault
    ) async -> [Attempt<Outcome>] {
        place.logger.warning(
            "a batch failed; its messages are handled one by one",
            metadata: ["messages": "\(messages.count)", "reason": "\(fault)"])
        var attempts: [Attempt<Outcome>] = []
        for message in messages where !attempts.contains(where: \.isTimeout) {
            attempts += await self.attempts(at: [message])
        }
        return attempts + messages.dropFirst(attempts.count).map { _ in .interrupted }
    }

    private func handle(_ messages: [Received<Handler.Input>]) async -> Attempt<[Outcome]> {
        for message in messages { place.metrics.delivered(message.deliveries) }
        let start = ContinuousClock.now
        defer { place.metrics.took(.now - start) }
        return await place.attempter(place.logger).attempt { [handler, context = place.context] in
            let outcomes = try await handler.handle(messages, in: context)
            guard outcomes.count == messages.count else {
                throw TaskFault(.internal, "\(messages.count) messages got \(outcomes.count) outcomes")
            }
            return outcomes
        }
    }
}
