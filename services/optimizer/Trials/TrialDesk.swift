import HoneBus
import HoneCore
import HoneStore
import Logging
import Synchronization

/// Has prompts do cases: each trial is an ordinary task of the batch lane, pinned to an agent and a prompt.
///
/// A process has at most `limit` of them open, shared out evenly over its runs. Nothing is paid twice: the same trial is
/// always the same task, which does its work once, whoever asks for it again after whatever crash.
///
/// A search adds trials as it goes and takes what is there (``round(of:)``); a gate has its pairs done and waits for all
/// of them (``run(_:in:)``).
final class TrialDesk: Sendable {
    let store: Store
    let publisher: any Publisher
    let logger: Logger
    private let limit: Int
    private let rounds = Mutex(0)

    /// `limit` is `HONE_CONCURRENCY`.
    init(store: Store, publisher: any Publisher, limit: Int, logger: Logger) {
        self.store = store
        self.publisher = publisher
        self.limit = limit
        self.logger = logger
    }

    /// Begins a round of trials of one run. Its share of the process lasts until it is let go.
    func round(of series: TrialSeries) -> TrialRound { TrialRound(desk: self, series: series) }

    /// Has all of these done, and reports each. When a budget ends before them it returns what it has, with the refused
    /// trial among them. Cancelling leaves the open tasks to themselves: asked again, they are the same ones.
    func run(_ trials: [Trial], in series: TrialSeries) async throws -> [TrialReport] {
        let round = round(of: series)
        round.add(trials)
        var reports: [TrialReport] = []
        while !round.isEmpty, !reports.contains(where: \.isUnaffordable) {
            reports += try await round.next(within: .seconds(60))
        }
        return reports
    }

    /// How many tasks each of the rounds may have open.
    var share: Int { max(1, limit / max(1, rounds.withLock { $0 })) }

    func enter() { rounds.withLock { $0 += 1 } }
    func leave() { rounds.withLock { $0 -= 1 } }
}

extension TrialReport {
    var isUnaffordable: Bool {
        if case .unaffordable = outcome { true } else { false }
    }
}
