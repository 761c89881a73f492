import Foundation
import HoneCore
import Logging

/// Works on one message at a time.
struct MessageWorker<Handler: MessageHandler>: Worker {
    let handler: Handler
    let place: Workplace

    var topic: Topic { Handler.Input.topic }
    var messageType: String { Handler.Input.type }

    @concurrent func work(_ deliveries: [Delivery]) async -> Worked {
        var worked = Worked()
        for delivery in deliveries {
            let ruling = await ruling(on: delivery)
            await place.carryOut(ruling, on: delivery, in: &worked, refused: handler.refused)
        }
        return worked
    }

    private func ruling(on delivery: Delivery) async -> Workplace.Ruling {
        switch place.inspector.inspect(delivery, as: Handler.Input.self) {
        case .skip: .settle(.skip)
        case .refuse(let fault): .refuse(fault)
        case .ready(let message): place.verdict(on: await handle(message, delivery), for: delivery)
        }
    }

    private func handle(_ message: Received<Handler.Input>, _ delivery: Delivery) async -> Attempt<Outcome> {
        var context = place.context
        context.logger[metadataKey: "message_id"] = "\(message.id.text)"
        context.logger[metadataKey: "trace_id"] = "\(TraceParent(message.traceparent ?? "")?.traceID ?? "")"
        place.metrics.delivered(message.deliveries)
        let start = ContinuousClock.now
        defer { place.metrics.took(.now - start) }
        return await place.attempter(context.logger).attempt { [handler, context] in
            try await handler.handle(message, in: context)
        }
    }
}
