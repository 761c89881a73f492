import HoneMessages
import Logging

/// Log lines waiting to leave for `hone:logs` and `system_logs`. Bounded: when the way out is shut, the oldest are
/// forgotten here, never the service held up; stderr has them all.
struct LogOutbox: Sendable {
    let records: AsyncStream<LogRecord>
    private let continuation: AsyncStream<LogRecord>.Continuation

    init(capacity: Int = 4_096) {
        (records, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(capacity))
    }

    func offer(_ record: LogRecord, level: Logger.Level) {
        guard level >= .info else { return }
        continuation.yield(record)
    }

    func close() {
        continuation.finish()
    }
}
