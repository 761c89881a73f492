import Foundation
import HoneCore
import HoneEvolution
import HoneStore

/// Finds out that a run must end, by the clock or because of what others did; looks often, not always.
struct RunWatch {
    static let interval: Duration = .milliseconds(500)

    /// What a search leaves its gate of its time, and of its money once it has found something.
    static let gateShare = 0.3
    static let gatePercent = Int((100 * gateShare).rounded())
    /// What it keeps of its own share to validate the best of what it has.
    private static let validationShare = 0.2
    /// The share of everything after which nothing new is tried.
    private static let openShare = (1 - gateShare) * (1 - validationShare)

    /// When the search must end; then, when the gate must.
    private(set) var deadline: Date?
    private let record: OptimizationRecord
    private let parts: RunParts
    private var looked = ContinuousClock.now - Self.interval

    init(_ record: OptimizationRecord, _ parts: RunParts) {
        self.record = record
        self.parts = parts
        deadline = seconds.flatMap { record.startedAt?.addingTimeInterval($0 * (1 - Self.gateShare)) }
    }

    /// All of its time; nil before it has begun.
    private var seconds: TimeInterval? {
        record.startedAt.flatMap { record.deadline(longest: parts.longestRun)?.timeIntervalSince($0) }
    }

    /// From now on the rest of the time is the gate's: its share at least, for a search that nobody worked on for a while is
    /// older than it has worked.
    mutating func beginGate() {
        guard let seconds, let start = record.startedAt else { return }
        deadline = max(start.addingTimeInterval(seconds), parts.now().addingTimeInterval(seconds * Self.gateShare))
    }

    /// Nil while there is more than the gate's share of the money left, or nothing to put to it.
    func saving(_ state: RunState) -> RunEnd? { saving(state, after: 1 - Self.gateShare) }

    /// Why nothing new should be tried, so that the best is validated before the gate has its share; nil while there is
    /// enough of everything.
    func closing(_ state: RunState) -> RunEnd? {
        if let seconds, let start = record.startedAt,
            parts.now() >= start.addingTimeInterval(seconds * Self.openShare)
        {
            return .time(seconds / 60)
        }
        return saving(state, after: Self.openShare)
    }

    private func saving(_ state: RunState, after share: Double) -> RunEnd? {
        guard let cap = record.cap?.limit, state.spent.dollars >= share * cap.dollars, state.search.best.number != 0
        else { return nil }
        return .saving("\(state.spent) of \(cap)")
    }

    mutating func end() async throws -> RunEnd? {
        try Task.checkCancellation()
        if let deadline, let seconds, parts.now() >= deadline { return .time(seconds / 60) }
        guard ContinuousClock.now - looked >= Self.interval else { return nil }
        looked = .now
        guard let standing = try await parts.store.optimizations.standing(of: record.id),
            standing.status == "running"
        else { return .overtaken }
        return standing.agentLifecycle == .retired ? .agentGone(record.agentID) : nil
    }
}
