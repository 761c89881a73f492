import Foundation
import HoneCore

/// What a look at a delivery's envelope says, before any handler sees it.
enum Inspection<Body: Message>: Sendable {
    case ready(Received<Body>)
    /// Addressed to another group.
    case skip
    case refuse(TaskFault)
}

/// The rules by which deliveries become messages.
struct Inspector: Sendable {
    let group: String
    let maxMessageBytes: Int
    let maxDeliveries: Int

    /// What the other fields may have in any case: they carry the history of attempts.
    private static let mostAround = 64 << 10

    func inspect<Body: Message>(_ delivery: Delivery, as: Body.Type) -> Inspection<Body> {
        if let addressee = delivery.envelope.text(Attribute.group), addressee != group { return .skip }
        do throws(TaskFault) {
            let body = try body(of: delivery, as: Body.self)
            guard delivery.deliveries <= maxDeliveries else { throw neverSettled(delivery) }
            return .ready(Received(delivery, body))
        } catch {
            return .refuse(error)
        }
    }

    private func body<Body: Message>(of delivery: Delivery, as: Body.Type) throws(TaskFault) -> Body {
        guard let data = delivery.envelope.data else {
            throw invalid(InvalidValue(path: "data", found: "nothing", expected: "a JSON object (required)"))
        }
        guard data.count <= maxMessageBytes else {
            throw TaskFault(.messageTooLarge, "data: expected at most \(maxMessageBytes) bytes, found \(data.count)")
        }
        let around = delivery.envelope.size - data.count
        guard around <= max(maxMessageBytes, Self.mostAround) else {
            throw TaskFault(.messageTooLarge, "the fields beside data have \(around) bytes")
        }
        if let type = delivery.envelope.text(Attribute.type), type != Body.type {
            let found = InvalidValue.summary(of: .string(type))
            throw invalid(InvalidValue(path: "type", found: found, expected: Body.type))
        }
        do throws(InvalidValue) {
            let body = try WireFormat.decode(Body.self, from: data)
            try body.validate()
            return body
        } catch {
            throw invalid(error)
        }
    }

    private func invalid(_ value: InvalidValue) -> TaskFault {
        TaskFault(.invalidMessage, value.description)
    }

    /// Its consumers died or lost it each time; one more attempt would kill the next.
    private func neverSettled(_ delivery: Delivery) -> TaskFault {
        TaskFault(.internal, "delivered \(delivery.deliveries - 1) times and never settled: its consumers died with it")
    }
}

extension Received {
    init(_ delivery: Delivery, _ body: Body) {
        self.init(
            id: delivery.messageID, eventID: delivery.eventID, source: delivery.envelope.text(Attribute.source),
            time: delivery.envelope.text(Attribute.time).flatMap(EventTime.date), traceparent: delivery.traceparent,
            deliveries: delivery.deliveries, stream: delivery.stream, entryID: delivery.entryID, body: body)
    }
}
