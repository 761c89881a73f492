import HoneCore
import HoneMessages
import HoneService
import HoneStore

/// How long an attempt took, as a recording keeps it.
private struct RunTiming: Codable {
    var seconds: Double
    /// Of its nodes, in order.
    var nodes: [Double]

    init(_ record: ExecutionRecord) {
        seconds = record.durationSeconds
        nodes = record.nodes.map(\.durationSeconds)
    }

    /// The record as if it had taken this long. One with other steps keeps its own times.
    func applied(to record: ExecutionRecord) -> ExecutionRecord {
        guard record.nodes.count == nodes.count else { return record }
        var record = record
        record.durationSeconds = seconds
        for index in nodes.indices { record.nodes[index].durationSeconds = nodes[index] }
        return record
    }
}

extension Circumstances {
    /// The record of an attempt, with the times of the recorded run when it is replayed.
    func timed(_ record: ExecutionRecord, _ subject: String) -> ExecutionRecord {
        recall(.timing, of: subject) { RunTiming(record) }.applied(to: record)
    }
}

extension TaskAssigned {
    /// What the recordings call this attempt.
    var subject: String { "\(taskID)/\(attempt)" }
}
