import Foundation
import HoneBus
import HoneCore
import HoneMessages
import Redis
import TestServers
import Testing

@testable import Hone

@Suite("Submitting tasks", .timeLimit(.minutes(2)))
struct SubmitTests {
    private let namespace = "submit-\(UUID().uuidString)"

    private func program() async throws -> HoneProgram {
        HoneProgram(environment: ["REDIS_URL": try await TestRedis.shared().url, "HONE_NAMESPACE": namespace])
    }

    private func client() async throws -> RedisClient {
        RedisClient(try RedisEndpoint(url: try await TestRedis.shared().url))
    }

    /// The next submitted task, read as an outsider would.
    private func submitted(_ client: RedisClient) async throws -> TaskSubmitted {
        let key = "\(namespace):tasks.submitted"
        try await eventually("a task is submitted") { try await client.xlen(key) > 0 }
        let entry = try #require(try await client.xrange(key, count: 1).first)
        #expect(entry["type"] == Array(TaskSubmitted.type.utf8) && entry["id"] != nil)
        return try WireFormat.decode(TaskSubmitted.self, from: Data(try #require(entry["data"])))
    }

    /// Does the one task that comes, the way an evaluator would answer.
    private func evaluate(_ answer: (TaskSubmitted) -> Reply) async throws {
        let client = try await client()
        let task = try await submitted(client)
        let key = try #require(task.replyTo)
        #expect(key.hasPrefix("\(namespace):replies."))
        let data = try WireFormat.encode(answer(task))
        try await client.xadd(key, [RedisField("type", Reply.type), RedisField("data", Array(data))])
        await client.close()
    }

    @Test("--wait prints the result that comes on a stream of its own, which is gone afterwards")
    func reply() async throws {
        let program = try await program()
        async let outcome = program.run("submit", "I love it", "--category", "sentiment", "--wait", "30", "--json")
        try await evaluate { task in
            #expect(task.input == "I love it" && task.category?.rawValue == "sentiment" && task.taskID != nil)
            return Reply(taskID: task.taskID, status: .completed, output: "positive", scores: Scores(overall: 0.9))
        }
        let done = try await outcome
        let reply = try done.json(Reply.self)
        #expect(done.status == 0 && reply.output == "positive" && reply.scores?.overall == 0.9)
        let client = try await client()
        #expect(
            try await client.send(RedisCommand("KEYS", [.string("\(namespace):replies.*")])).elements?.isEmpty == true)
        await client.close()
    }

    @Test("a task that fails is an error with its code, and exit code 1")
    func failure() async throws {
        let program = try await program()
        async let outcome = program.run("submit", "x", "--wait", "30")
        try await evaluate {
            Reply(taskID: $0.taskID, status: .failed, error: TaskFault(.noCapableAgent, "nobody can"))
        }
        let done = try await outcome
        #expect(done.status == 1 && done.complaints.contains("no_capable_agent: nobody can"))
    }

    @Test("no result in time is exit code 1, and the task goes on")
    func late() async throws {
        let outcome = try await program().run("submit", "x", "--wait", "0.2")
        #expect(outcome.status == 1 && outcome.complaints.contains("no result yet"))
    }

    @Test("every field of a task has its option, and the input may come from standard input")
    func fields() async throws {
        let outcome = try await program().run(
            "submit", "--input-json", "--task-id", "01890a5d-ac96-774b-bcce-b302099a8057", "--category", "c",
            "--complexity", "3", "--priority", "8", "--deadline", "2040-01-01T00:00:00Z", "--max-cost", "0.5",
            "--max-duration", "9", "--max-tokens", "7", "--agent", "a", "--exclude", "b", "--expected",
            "{\"choice\":\"yes\"}", "--pin-agent", "a", "--pin-model", "m", "--seed", "4", "--user", "u", "--session",
            "s", "--metadata", "{\"k\":1}", "--reply-to", "hone:replies.me", input: "{\"text\":\"hi\"}\n")
        #expect(outcome.status == 0 && outcome.lines == ["01890a5d-ac96-774b-bcce-b302099a8057"])
        let client = try await client()
        let task = try await submitted(client)
        await client.close()
        #expect(task.input == ["text": "hi"] && task.priority == 8 && task.complexity == 3 && task.deadline != nil)
        #expect(task.constraints?.maxCost == 0.5 && task.constraints?.agents?.map(\.rawValue) == ["a"])
        #expect(task.constraints?.exclude?.map(\.rawValue) == ["b"] && task.constraints?.maxTokens == 7)
        #expect(task.expected == .choice("yes") && task.pin?.model?.rawValue == "m" && task.pin?.seed == 4)
        #expect(task.userID == "u" && task.sessionID == "s" && task.metadata == ["k": 1])
        #expect(task.replyTo == "hone:replies.me")
    }

    @Test("a field out of range is refused before anything is published")
    func refused() async throws {
        let outcome = try await program().run("submit", "x", "--priority", "12")
        #expect(outcome.status == 1 && outcome.complaints == "hone: priority: expected a value from 0 to 9, found 12\n")
        let client = try await client()
        #expect(try await client.xlen("\(namespace):tasks.submitted") == 0)
        await client.close()
    }

    @Test("a backlog over its limit refuses the task and says so; --force publishes it all the same")
    func backlog() async throws {
        let client = try await client()
        try await client.set("\(namespace):backlog", "100001")
        let refused = try await program().run("submit", "x")
        #expect(refused.status == 1 && refused.complaints.contains("100001 messages wait already"))
        #expect(refused.complaints.contains("the limit (HONE_MAX_BACKLOG) is 100000"))
        #expect(try await client.xlen("\(namespace):tasks.submitted") == 0)
        #expect(try await program().run("submit", "x", "--force").status == 0)
        try await client.set("\(namespace):backlog", "100000")
        #expect(try await program().run("submit", "x").status == 0)
        #expect(try await client.xlen("\(namespace):tasks.submitted") == 2)
        await client.close()
    }

    @Test("a Redis that is nearly full gets no more tasks")
    func memory() async throws {
        let server = try await TestRedis.start()
        let client = RedisClient(try RedisEndpoint(url: server.url))
        let used = Int(try await client.info("memory")["used_memory"] ?? "") ?? 0
        try await client.send(RedisCommand("CONFIG", ["SET", "maxmemory", RedisArgument(used + used / 20)]))
        let outcome = try await HoneProgram(environment: ["REDIS_URL": server.url]).run("submit", "x")
        #expect(outcome.status == 1 && outcome.complaints.contains("% full"))
        #expect(try await client.xlen("hone:tasks.submitted") == 0)
        await client.close()
    }
}
