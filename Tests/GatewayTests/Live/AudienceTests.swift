import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneTestKit
import NIOCore
import Synchronization
import TestServers
import Testing

@testable import Gateway

@Suite("Who sees what on sockets")
struct AudienceTests {
    @Test(
        "an outline tells that a task moves, and nothing that was said in it",
        arguments: [
            (ProgressMade.Kind.token, false, false), (.error, false, false), (.metric, false, false),
            (.score, false, true), (.node, true, true), (.state, true, false),
        ])
    func outline(_ kind: ProgressMade.Kind, _ keepsMessage: Bool, _ keepsData: Bool) throws {
        let progress = ProgressMade(
            subject: .task, subjectID: TaskID.new().description, agentID: .ada, kind: kind, message: "secret",
            data: ["secret": 1])
        let event = try #require(LiveEvent(try delivery(progress), of: .progress))
        let outline = try frame(#require(event.outline()))
        #expect(outline["id"] == "7-1")
        #expect(outline["type"]?.string == kind.rawValue)
        #expect((outline["data"]?["message"] != nil) == keepsMessage)
        #expect((outline["data"]?["data"] != nil) == keepsData)
        #expect(try frame(event.frame)["data"]?["message"] == "secret")
    }

    @Test("whose a task is, is asked once; that it is nobody's, too")
    func owners() async throws {
        let asked = Mutex<[TaskID]>([])
        let (mine, nobodys) = (TaskID.new(), TaskID.new())
        let owners = Owners { tasks in
            asked.withLock { $0 += tasks }
            return [mine: "key:1"]
        }
        for _ in 0..<3 { #expect(try await owners.of([mine, nobodys]) == [mine: "key:1"]) }
        #expect(asked.withLock { Set($0) } == [mine, nobodys])
        #expect(asked.withLock { $0.count } == 2)
    }

    @Test("the memory of owners is bounded, and keeps those asked for lately")
    func bounded() async throws {
        let asked = Mutex<[TaskID]>([])
        let owners = Owners(capacity: 10) { tasks in
            asked.withLock { $0 += tasks }
            return Dictionary(tasks.map { ($0, "key:1") }) { first, _ in first }
        }
        let often = TaskID.new()
        for _ in 0..<100 { _ = try await owners.of([often, .new()]) }
        #expect(asked.withLock { $0.filter { $0 == often }.count } == 1)
        #expect(asked.withLock { $0.count } == 101)
    }

    @Test("a failed look-up is told, not kept")
    func failed() async throws {
        struct Outage: Error {}
        let isDown = Mutex(true)
        let task = TaskID.new()
        let owners = Owners { _ in
            if isDown.withLock({ $0 }) { throw Outage() }
            return [task: "key:1"]
        }
        await #expect(throws: Outage.self) { try await owners.of([task]) }
        isDown.withLock { $0 = false }
        #expect(try await owners.of([task]) == [task: "key:1"])
    }

    private func delivery(_ progress: ProgressMade) throws -> Delivery {
        let envelope = try Publication(progress, id: UUID()).envelope(source: "/hone", time: Date())
        return Delivery(stream: StreamName(topic: "progress"), entryID: "7-1", envelope: envelope)
    }

    private func frame(_ bytes: ByteBuffer) throws -> JSONValue {
        let head = bytes.readableBytes < 128 ? 2 : 4
        return try WireFormat.decode(JSONValue.self, from: Data(bytes.readableBytesView.dropFirst(head)))
    }
}
