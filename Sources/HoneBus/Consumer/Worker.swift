import Foundation
import HoneCore
import Logging

/// A handler as the consumer's loop sees it: deliveries in, settlements out.
protocol Worker: Sendable {
    var topic: Topic { get }
    var messageType: String { get }
    /// Never throws and leaves no delivery out.
    @concurrent func work(_ deliveries: [Delivery]) async -> Worked
}

/// What became of the deliveries of one call.
struct Worked: Sendable {
    var settlements: [Settlement] = []
    /// Not done: because of a shutdown, or because others in the batch took too long.
    var interrupted: [Delivery] = []
}

/// What both kinds of workers share: the policy, and the way from an outcome to a settlement.
struct Workplace: Sendable {
    let member: GroupMember
    let policy: DeliveryPolicy
    let options: ConsumerOptions
    let logger: Logger
    let metrics: HandlerMetrics
    let times = CallTimes()

    var maxDeliveries: Int { options.maxDeliveries ?? policy.maxDeliveries }

    var inspector: Inspector {
        Inspector(group: member.group, maxMessageBytes: options.maxMessageBytes, maxDeliveries: maxDeliveries)
    }

    var context: HandlerContext {
        HandlerContext(logger: logger, group: member.group, consumer: member.consumer, clock: options.clock)
    }

    func attempter(_ logger: Logger) -> Attempter {
        Attempter(
            timeout: policy.timeout, times: times, outageBackoff: options.outageBackoff, logger: logger)
    }

    /// A handler's outcome, or its failure, under the policy.
    func verdict(on attempt: Attempt<Outcome>, for delivery: Delivery) -> Ruling {
        switch attempt {
        case .returned(.done(let publications)): .settle(.done(publish: publications))
        case .returned(.reject(let fault)): .refuse(fault)
        case .returned(.retry) where Task.isCancelled: .interrupted
        case .returned(.retry(let delay, let fault)): again(delivery, after: delay, because: fault)
        case .failed(let fault): again(delivery, after: nil, because: fault)
        case .interrupted: .interrupted
        }
    }

    private func again(_ delivery: Delivery, after delay: Duration?, because fault: TaskFault) -> Ruling {
        guard delivery.deliveries < maxDeliveries else { return .refuse(fault) }
        var generator = SystemRandomNumberGenerator()
        let wait = delay ?? policy.backoff.delay(attempt: delivery.deliveries, using: &generator)
        return .settle(.retry(at: options.clock().addingTimeInterval(wait / .seconds(1)), because: fault))
    }

    /// What is decided about one delivery, before a refusal's follow-ups are known.
    enum Ruling: Sendable {
        case settle(Settlement.Verdict)
        case refuse(TaskFault)
        case interrupted
    }
}
