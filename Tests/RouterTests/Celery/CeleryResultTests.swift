import Foundation
import HoneCore
import HoneMessages
import Testing

@testable import Router

@Suite("What a Celery client gets back")
struct CeleryResultTests {
    private static let now = Date(timeIntervalSince1970: 0)
    private static let task = TaskID(UUID(uuidString: CelerySample.id) ?? UUID())

    @Test("a success holds the reply, with the publisher's own metadata")
    func success() throws {
        let origin = CeleryOrigin(id: "order-17", group: "g")
        let reply = Reply(
            taskID: Self.task, status: .completed, output: "positive", costUSD: 0.5,
            metadata: origin.added(to: ["order": 7]))
        let result = try #require(try CeleryResult(reply, at: Self.now))
        #expect(result.taskID == "order-17")
        #expect(
            result.document == [
                "status": "SUCCESS", "task_id": "order-17", "group_id": "g", "traceback": nil, "children": [],
                "date_done": "1970-01-01T00:00:00.000+00:00",
                "result": [
                    "task_id": .string(CelerySample.id), "status": "completed", "output": "positive",
                    "cost_usd": 0.5, "metadata": ["order": 7],
                ],
            ])
    }

    @Test("a failure holds an exception with the code and the reason")
    func failure() throws {
        let fault = TaskFault(.noCapableAgent, "nobody can do poetry")
        let reply = Reply(taskID: Self.task, status: .failed, error: fault)
        let result = try #require(try CeleryResult(reply, at: Self.now))
        #expect(result.taskID == CelerySample.id && result.document["status"] == "FAILURE")
        #expect(
            result.document["result"] == [
                "exc_type": "TaskFailed", "exc_module": "hone",
                "exc_message": ["no_capable_agent", "nobody can do poetry"],
            ])
    }

    @Test("metadata that only the bridge had added is none")
    func metadata() {
        #expect(CeleryOrigin.removed(from: CeleryOrigin(id: "a").added(to: nil)) == nil)
        #expect(CeleryOrigin.removed(from: ["order": 7]) == ["order": 7])
        #expect(CeleryOrigin.removed(from: nil) == nil)
    }

    @Test("a reply that names no task is nobody's")
    func nobody() throws {
        #expect(try CeleryResult(Reply(taskID: nil, status: .completed), at: Self.now) == nil)
    }
}
