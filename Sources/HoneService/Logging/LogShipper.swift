import AsyncAlgorithms
import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import ServiceLifecycle

/// Carries log lines to `hone:logs` for those who watch and to `system_logs` for those who look back.
struct LogShipper: Service {
    let outbox: LogOutbox
    let publisher: any Publisher
    let logs: Logs

    func run() async throws {
        let batches = outbox.records.chunks(ofCount: 500, or: .repeating(every: .milliseconds(200)))
        await withGracefulShutdownHandler {
            for await batch in batches { await ship(batch) }
        } onGracefulShutdown: {
            outbox.close()
        }
    }

    /// Best effort by design: stderr has every line, and a log about a log that cannot be shipped would never end.
    private func ship(_ records: [LogRecord]) async {
        let lines = records.map { (id: UUID.v7(at: $0.time), record: $0) }
        try? await publisher.publish(lines.compactMap { try? Publication($0.record, id: $0.id) })
        _ = try? await logs.insert(lines.map { LogLine(recordID: $0.id, $0.record) })
    }
}

extension LogLine {
    init(recordID: UUID, _ record: LogRecord) {
        self.init(
            recordID: recordID, time: record.time, level: record.level, source: record.service,
            message: record.message, traceID: record.traceID, messageID: record.messageID, taskID: record.taskID,
            details: record.metadata)
    }
}
