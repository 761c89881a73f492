import Foundation
import HoneCore
import HoneEvolution
import HoneStore

/// Finds out that a run must end, by the clock or because of what others did; looks often, not always.
struct RunWatch {
    static let interval: Duration = .milliseconds(500)

    let deadline: Date?
    private let record: OptimizationRecord
    private let parts: RunParts
    private var looked = ContinuousClock.now - Self.interval

    init(_ record: OptimizationRecord, _ parts: RunParts) {
        self.record = record
        self.parts = parts
        deadline = record.deadline(longest: parts.longestRun)
    }

    /// What a search that has found something leaves to the gate of its money and its time.
    private static let searchShare = 0.7

    /// Nil while there is more than the gate's share left.
    func saving(_ state: RunState) -> RunEnd? {
        guard state.search.best.number != 0 else { return nil }
        if let cap = record.cap?.limit, state.spent.dollars >= Self.searchShare * cap.dollars {
            return .saving("\(state.spent) of \(cap)")
        }
        guard let deadline, let start = record.startedAt else { return nil }
        let all = deadline.timeIntervalSince(start)
        let used = parts.now().timeIntervalSince(start)
        guard used >= Self.searchShare * all else { return nil }
        let minutes = FloatingPointFormatStyle<Double>.number.precision(.fractionLength(0...1))
        return .saving("\((used / 60).formatted(minutes)) of \((all / 60).formatted(minutes)) minutes")
    }

    mutating func end() async throws -> RunEnd? {
        try Task.checkCancellation()
        if let deadline, let start = record.startedAt, parts.now() >= deadline {
            return .time(deadline.timeIntervalSince(start) / 60)
        }
        guard ContinuousClock.now - looked >= Self.interval else { return nil }
        looked = .now
        guard let standing = try await parts.store.optimizations.standing(of: record.id),
            standing.status == "running"
        else { return .overtaken }
        return standing.agentLifecycle == .retired ? .agentGone(record.agentID) : nil
    }
}
