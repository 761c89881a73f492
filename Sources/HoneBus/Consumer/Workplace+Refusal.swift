import CoreMetrics
import Foundation
import HoneCore
import Logging

extension Workplace {
    typealias RefusedHook = @Sendable (RefusedMessage, HandlerContext) async throws -> [Publication]

    /// Carries a ruling out; a refusal asks the handler what else to publish.
    func carryOut(_ ruling: Ruling, on delivery: Delivery, in worked: inout Worked, refused: @escaping RefusedHook)
        async
    {
        switch ruling {
        case .settle(let verdict): settle(delivery, verdict, in: &worked)
        case .refuse(let fault): await refuse(delivery, because: fault, in: &worked, refused)
        case .interrupted: worked.interrupted.append(delivery)
        }
    }

    private func settle(_ delivery: Delivery, _ verdict: Settlement.Verdict, in worked: inout Worked) {
        note(verdict, of: delivery)
        worked.settlements.append(Settlement(delivery, verdict))
    }

    private func refuse(
        _ delivery: Delivery, because fault: TaskFault, in worked: inout Worked, _ hook: @escaping RefusedHook
    ) async {
        let message = RefusedMessage(
            id: delivery.messageID, fault: fault, data: delivery.readableData,
            traceparent: delivery.traceparent)
        let context = context
        let attempt = await attempter(logger).attempt { try await hook(message, context) }
        switch attempt {
        case .interrupted:
            worked.interrupted.append(delivery)
        case .returned(let publications):
            settle(delivery, .dead(because: fault, publish: publications), in: &worked)
        case .failed(let second):
            logger.error("a refusal's follow-ups are lost", metadata: ids(delivery, ["error": "\(second)"]))
            settle(delivery, .dead(because: fault, publish: []), in: &worked)
        }
    }

    private func note(_ verdict: Settlement.Verdict, of delivery: Delivery) {
        switch verdict {
        case .done: metrics.done.increment()
        case .skip: metrics.skipped.increment()
        case .retry(_, let fault):
            metrics.retried.increment()
            logger.info("a message will be tried again", metadata: ids(delivery, ["reason": "\(fault)"]))
        case .dead(let fault, _):
            metrics.died(fault.code)
            logger.warning("a message became a dead letter", metadata: ids(delivery, ["reason": "\(fault)"]))
        }
    }

    func ids(_ delivery: Delivery, _ more: Logger.Metadata = [:]) -> Logger.Metadata {
        let ids: Logger.Metadata = [
            "message_id": "\(delivery.messageID.text)", "stream": "\(delivery.stream)",
            "entry_id": "\(delivery.entryID)", "deliveries": "\(delivery.deliveries)",
        ]
        return ids.merging(more) { $1 }
    }
}

extension Delivery {
    /// Nil for what nobody should try to decode.
    fileprivate var readableData: Data? {
        envelope.data.flatMap { $0.count <= Envelope.largestKept ? $0 : nil }
    }
}
