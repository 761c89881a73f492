import Foundation
import HoneCore
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
