import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import TestServers
import Testing

@testable import Router

@Suite("Producers that use Celery", .timeLimit(.minutes(5)))
struct CeleryTests {
    /// Runs a script of a Celery client against a whole Hone; what it prints is JSON.
    private func withCelery(
        _ script: String, routers: Int = 1, _ check: @Sendable @escaping (JSONValue, Workshop) async throws -> Void
    ) async throws {
        let queue = "celery-\(UUID())"
        let settings = ["HONE_CELERY_QUEUE": queue, "HONE_REVIEW_RATE": "0", "HONE_REVIEW_ALWAYS": "none"]
        try await Workshop.open(on: .redis, settings: settings) { workshop in
            try await workshop.running(everybody + Array(repeating: Router.self, count: routers - 1)) {
                let program = Self.client + "\n" + script
                let run = try await OutsidePrograms.run(
                    ["python", "-c", program, queue], environment: ["REDIS_URL": workshop.bus.url])
                try #require(run.status == 0, "\(run.complaints)")
                try await check(try WireFormat.decode(JSONValue.self, from: Data(run.output.utf8)), workshop)
            }
        }
    }

    /// What every script begins with; nothing in it knows Hone but the task's name.
    private static let client = """
        import celery, datetime, json, os, sys, time
        app = celery.Celery(broker=os.environ["REDIS_URL"], backend=os.environ["REDIS_URL"])
        app.conf.task_default_queue = sys.argv[1]
        def send(input="great phone", category="analysis", options={}, **fields):
            kwargs = dict(input=input, category=category, expected={"choice": "positive"},
                constraints={"agents": ["ada"]}, **fields)
            return app.send_task("hone.submit", kwargs=kwargs, **options)
        def failure(result):
            try:
                return {"no failure": result.get(timeout=60)}
            except Exception as error:
                return {"type": type(error).__name__, "args": error.args, "state": result.state}
        """

    @Test("a task's result comes back through get(), with output and scores, under the id that Celery gave it")
    func success() async throws {
        let script = """
            result = send(metadata={"order": 7}, deadline=datetime.datetime.now(datetime.timezone.utc)
                + datetime.timedelta(minutes=5))
            reply = result.get(timeout=60)
            print(json.dumps({"id": result.id, "reply": reply, "state": result.state, "done": str(result.date_done)}))
            """
        try await withCelery(script) { told, workshop in
            let reply = told["reply"]
            #expect(told["state"] == "SUCCESS" && told["done"]?.string?.hasPrefix("20") == true)
            #expect(reply?["output"] == "positive" && reply?["status"] == "completed" && reply?["agent_id"] == "ada")
            #expect(reply?["scores"]?["accuracy"] == 1 && reply?["metadata"] == ["order": 7])
            #expect(reply?["task_id"] == told["id"])
            let id = try #require(told["id"]?.string.flatMap { TaskID($0) })
            let detail = try await workshop.detail(id)
            #expect(detail.executions.count == 1 && detail.task.deadline != nil)
        }
    }

    @Test("a task that fails raises an exception with our code and reason")
    func failures() async throws {
        let script = """
            wrong = app.send_task("tasks.add", args=(1, 2))
            unreadable = app.send_task("hone.submit", args=("x",), serializer="pickle")
            print(json.dumps({
                "poetry": failure(send(category="poetry")), "priority": failure(send(priority="high")),
                "expired": failure(send(options={"expires": datetime.datetime(2020, 1, 1)})),
                "name": failure(wrong), "serializer": failure(unreadable),
                "chain": failure(app.send_task("hone.submit", args=("x",), link=app.signature("tasks.next")))}))
            """
        try await withCelery(script) { told, workshop in
            let expected: [String: (code: String, reason: String)] = [
                "poetry": ("no_capable_agent", "ada does not do this category"),
                "expired": ("deadline_exceeded", "deadline"),
                "priority": ("invalid_message", "kwargs.priority: expected an integer, found \"high\""),
                "name": ("invalid_message", "headers.task: expected hone.submit, found \"tasks.add\""),
                "serializer": ("invalid_message", "content-type: expected application/json"),
                "chain": ("invalid_message", "embed.callbacks: expected nothing"),
            ]
            #expect(told.object?.count == expected.count)
            for (name, (code, reason)) in expected {
                let failure = try #require(told[name])
                #expect(failure["type"] == "TaskFailed" && failure["state"] == "FAILURE", "\(failure)")
                #expect(failure["args"]?[0]?.string == code, "\(failure)")
                #expect(failure["args"]?[1]?.string?.contains(reason) == true, "\(failure)")
            }
            #expect(try await workshop.deadLetters(reaching: 4).count == 4)
        }
    }

    @Test("countdowns, priorities, groups, ids of the client's own and results nobody wants are as with Celery")
    func options() async throws {
        let script = """
            began = time.time()
            late = send(options={"countdown": 2})
            silent = send(options={"ignore_result": True})
            group = celery.group(
                app.signature("hone.submit", kwargs={"input": f"text {n}", "category": "analysis",
                    "constraints": {"agents": ["ada"]}}) for n in range(3))()
            urgent = send(options={"priority": 9})
            own = send(options={"task_id": "order-17"})
            outputs = [reply["output"] for reply in group.get(timeout=60)]
            late.get(timeout=60)
            print(json.dumps({
                "late": time.time() - began, "group": outputs, "urgent": urgent.get(timeout=60)["output"],
                "own": own.get(timeout=60)["output"], "again": send(options={"task_id": "order-17"}).get(timeout=60)["output"],
                "silent": silent.state}))
            """
        try await withCelery(script) { told, workshop in
            #expect(try #require(told["late"]?.double) >= 2)
            #expect(told["group"] == ["positive", "positive", "positive"])
            #expect(told["urgent"] == "positive" && told["own"] == "positive" && told["again"] == "positive")
            #expect(told["silent"] == "PENDING")
            try await workshop.quiet(.tasksSubmitted, "router")
            #expect(try await workshop.database.counts(["agent_tasks"]) == ["agent_tasks": 7])
            #expect(try await workshop.deadLetters().isEmpty)
        }
    }

    @Test("several routers share a queue: every task is done once and every client gets its answer")
    func manyRouters() async throws {
        let script = """
            results = [send(input=f"text {n}", metadata={"n": n}) for n in range(200)]
            print(json.dumps([result.get(timeout=90)["metadata"]["n"] for result in results]))
            """
        try await withCelery(script, routers: 3) { told, workshop in
            #expect(told == .array((0..<200).map { .integer($0) }))
            #expect(try await workshop.database.counts(["executions"]) == ["executions": 200])
            try await workshop.quiet(.celeryReplies, "router")
            #expect(try await workshop.deadLetters().isEmpty)
        }
    }
}
