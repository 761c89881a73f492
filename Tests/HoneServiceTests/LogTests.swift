import Foundation
import HoneCore
import HoneMessages
import Logging
import Testing

@testable import HoneService

@Suite("logs")
struct LogTests {
    private func record(_ metadata: Logger.Metadata) async throws -> LogRecord {
        let outbox = LogOutbox()
        var logger = Logger(label: "test") { _ in
            ServiceLogHandler(service: "router", level: .debug, format: .json, outbox: outbox)
        }
        logger[metadataKey: LogKey.taskID] = "t-1"
        logger.debug("not kept")
        logger.warning("a message was refused", metadata: metadata)
        outbox.close()
        var records: [LogRecord] = []
        for await record in outbox.records { records.append(record) }
        return try #require(records.count == 1 ? records.first : nil)
    }

    @Test("a line has its ids in their own fields and the rest as metadata")
    func fields() async throws {
        let record = try await record(["message_id": "m-1", "code": "invalid_message"])
        #expect(record.service == "router")
        #expect(record.level == "warning")
        #expect(record.taskID == "t-1")
        #expect(record.messageID == "m-1")
        #expect(record.metadata == ["code": "invalid_message"])
    }

    @Test("one line is one JSON object, whatever is in it")
    func json() async throws {
        let record = try await record(["code": "a\nb\"c"])
        let line = LogText(record: record).json()
        #expect(!line.contains("\n"))
        let value = try WireFormat.decode(JSONValue.self, from: Data(line.utf8))
        #expect(value["message"] == "a message was refused")
        #expect(value["metadata"]?["code"] == "a\nb\"c")
    }
}
