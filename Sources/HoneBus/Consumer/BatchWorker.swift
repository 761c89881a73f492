import HoneCore
import Logging

/// Works on many messages in one call; when the call fails, finds out whose fault it was.
struct BatchWorker<Handler: BatchHandler>: Worker {
    let handler: Handler
    let place: Workplace

    var topic: Topic { Handler.Input.topic }
    var messageType: String { Handler.Input.type }

    private struct Item: Sendable {
        let delivery: Delivery
        let message: Received<Handler.Input>
    }

    @concurrent func work(_ deliveries: [Delivery]) async -> Worked {
        var worked = Worked()
        worked.settlements.reserveCapacity(deliveries.count)
        var items: [Item] = []
        items.reserveCapacity(deliveries.count)
        let (inspector, refused) = (place.inspector, handler.refused as Workplace.RefusedHook)
        for delivery in deliveries {
            switch inspector.inspect(delivery, as: Handler.Input.self) {
            case .ready(let message): items.append(Item(delivery: delivery, message: message))
            case .skip: await place.carryOut(.settle(.skip), on: delivery, in: &worked, refused: refused)
            case .refuse(let fault): await place.carryOut(.refuse(fault), on: delivery, in: &worked, refused: refused)
            }
        }
        for (item, attempt) in await outcomes(of: items) {
            let ruling = place.verdict(on: attempt, for: item.delivery)
            await place.carryOut(ruling, on: item.delivery, in: &worked, refused: refused)
        }
        return worked
    }

    private func outcomes(of items: [Item]) async -> [(Item, Attempt<Outcome>)] {
        guard !items.isEmpty else { return [] }
        switch await handle(items) {
        case .returned(let outcomes): return zip(items, outcomes).map { ($0, .returned($1)) }
        case .interrupted: return items.map { ($0, .interrupted) }
        case .failed(let fault) where items.count == 1: return items.map { ($0, .failed(fault)) }
        case .failed(let fault): return await oneByOne(items, after: fault)
        }
    }

    /// One bad message fails its whole batch; alone, each answers for itself.
    private func oneByOne(_ items: [Item], after fault: TaskFault) async -> [(Item, Attempt<Outcome>)] {
        place.logger.warning(
            "a batch failed; its messages are handled one by one",
            metadata: ["messages": "\(items.count)", "reason": "\(fault)"])
        var outcomes: [(Item, Attempt<Outcome>)] = []
        for item in items {
            switch await handle([item]) {
            case .returned(let one): outcomes += one.map { (item, .returned($0)) }
            case .failed(let fault): outcomes.append((item, .failed(fault)))
            case .interrupted: outcomes.append((item, .interrupted))
            }
        }
        return outcomes
    }

    private func handle(_ items: [Item]) async -> Attempt<[Outcome]> {
        let messages = items.map(\.message)
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
