import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore

/// Up to when the messages of each hop have surely been handled or lost, by the record's clock.
///
/// A message is lost for certain when the bus has lost its data since, or when those who should have handled it need
/// nothing any more that is as old as it. What still waits is left alone, however long the queue is.
struct Outlook: Sendable {
    /// An executor that is alive has renewed its attempts since; it does so every five seconds.
    private static let longestSilence: Duration = .seconds(20)

    let clock: Reconciler.Clock
    /// Messages from before went with the data of an earlier bus.
    let lost: Date?
    private let depth: BusDepth
    private let patience: Duration
    private let keys: @Sendable (Topic) -> [(lane: Lane?, key: String)]

    init(
        clock: Reconciler.Clock, lost: Date?, depth: BusDepth, patience: Duration, namespace: String,
        streams: @escaping @Sendable (Topic) -> [StreamName]
    ) {
        self.clock = clock
        self.lost = lost
        self.depth = depth
        self.patience = patience
        keys = { topic in streams(topic).map { ($0.lane, $0.key(in: namespace)) } }
    }

    var open: OpenHorizon {
        let silence = min(Self.longestSilence, patience * 2 / 3)
        return OpenHorizon(
            submitted: horizon("router", .tasksSubmitted), failed: horizon("router", .tasksFailed),
            assigned: (0...9).map { horizon("executor", .tasksAssigned, Lane(priority: $0)) },
            silent: clock.now.addingTimeInterval(-(silence / .seconds(1))), now: clock.now)
    }

    /// For what was published again in hope of the hop's effect.
    func horizon(of hop: Hop) -> Horizon {
        guard hop == .score else { return cause(of: hop) }
        // Work without a known answer goes on to a judge.
        let (checked, judged) = (cause(of: hop), horizon("evaluator", .judgementsRequested))
        return Horizon(lost: lost, passed: min(checked.passed, judged.passed), patience: patience)
    }

    /// Until when causes are to be compared with their effects.
    func passedUntil(_ hop: Hop) -> Date { min(cause(of: hop).passed, settled) }

    /// The same for what went with an earlier bus.
    var lostUntil: Date { min(lost ?? .distantPast, settled) }

    /// Strictly before the oldest transaction that may still write.
    private var settled: Date { clock.settled.addingTimeInterval(-0.001) }

    private func cause(of hop: Hop) -> Horizon {
        switch hop {
        case .open, .score: horizon("evaluator", .tasksCompleted)
        case .failure: horizon("stats-aggregator", .tasksFailed)
        case .end: horizon("router", .tasksFailed)
        case .reward: horizon("stats-aggregator", .evaluationsCompleted)
        case .plan, .review: horizon("peer-reviewer", .evaluationsCompleted)
        case .opinion: horizon("stats-aggregator", .reviewsCompleted)
        }
    }

    private func horizon(_ group: String, _ topic: Topic, _ lane: Lane? = nil) -> Horizon {
        let keys = keys(topic).filter { lane == nil || $0.lane == lane }.map(\.key)
        var wait = depth.wait(of: group, on: Set(keys)) + patience
        // What is delayed is in no stream; it comes back with a new place in the queue.
        if depth.delayed > 0 { wait += Backoff.standard.longest }
        return Horizon(lost: lost, passed: clock.now.addingTimeInterval(-(wait / .seconds(1))), patience: patience)
    }
}
