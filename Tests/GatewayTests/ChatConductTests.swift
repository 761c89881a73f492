import Foundation
import HTTP
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import ScriptedModel
import TestServers
import Testing

@testable import Executor
@testable import Gateway
@testable import Router

@Suite("How chats are dealt with", .timeLimit(.minutes(10)))
struct ChatConductTests {
    private static let chat: JSONValue = ["model": "hone/ada", "messages": [["role": "user", "content": "Hi"]]]
    private static let stream: JSONValue = .object((chat.object ?? [:]).merging(["stream": true]) { $1 })
    private static let path = "/v1/chat/completions"

    /// Asks, and leaves the answer to come.
    private func begin(_ body: JSONValue, _ gateway: TestGateway) async throws -> HTTPStream {
        try await gateway.client.stream(.json("POST", gateway.url + Self.path, body: body))
    }

    private func tasks(_ gateway: TestGateway) async throws -> [TaskID] {
        try await gateway.workshop.store.tasks.list(TaskFilter(), limit: 2).map(\.id)
    }

    @Test("whatever goes wrong under /v1 is told in OpenAI's form")
    func form() async throws {
        try await TestGateway.guarded { gateway in
            func expect(_ answer: HTTPResponse, _ status: Int, _ type: String, _ code: String) throws {
                let error = try #require(try answer.value["error"], "\(answer.text)")
                #expect(answer.status == status && error["type"]?.string == type, "\(answer.text)")
                #expect(error["code"]?.string == code && error["message"]?.string?.isEmpty == false, "\(answer.text)")
                #expect(error.object.map { Set($0.keys) } == ["message", "type", "param", "code"])
            }
            try expect(
                await gateway.post(Self.path, Self.chat, headers: [.bearer("nobody's")]), 401, "authentication_error",
                "invalid_api_key")
            try expect(
                await gateway.post(Self.path, Self.chat, headers: [.who(.viewer, "vic")]), 403, "permission_error",
                "forbidden")
            let invalid = "invalid_request_error"
            let key = gateway.signed([])
            try expect(
                await gateway.postText(Self.path, Array("{".utf8), headers: key), 400, invalid, "malformed_request")
            try expect(
                await gateway.postText(Self.path, Array("{}".utf8), type: "text/plain", headers: key), 415, invalid,
                "unsupported_media_type")
            try expect(await gateway.get(Self.path), 405, invalid, "method_not_allowed")
            let long = String(repeating: "x", count: 1 << 20)
            let large: JSONValue = ["model": "hone/ada", "messages": [["role": "user", "content": .string(long)]]]
            try expect(await gateway.post(Self.path, large), 413, invalid, "too_large")
        }
    }

    @Test("a streamed chat that its client leaves is cancelled, and its model left alone")
    func abandonedStream() async throws {
        try await TestGateway.open(beside: [Router.self, Executor.self]) { gateway in
            let text = Array(repeating: "word", count: 600).joined(separator: " ")
            gateway.workshop.models.alpha.replace(
                script: .always(ScriptedReply(text: text, tokenDelayMilliseconds: 100)))
            do {
                var events = ServerSentEvents(try await begin(Self.stream, gateway).body).makeAsyncIterator()
                #expect(try await events.next() != nil)
            }
            let task = try #require(try await tasks(gateway).first)
            let record = try await gateway.workshop.task(task, is: .cancelled)
            #expect(record.errorMessage?.contains("went away") == true)
            #expect(try await gateway.workshop.models.alpha.reaches { $0.inFlight == 0 })
        }
    }

    @Test("a chat whose client leaves before the answer is there is cancelled, too")
    func abandonedWait() async throws {
        try await TestGateway.open(beside: [Router.self, Executor.self]) { gateway in
            gateway.workshop.models.alpha.replace(script: .always(.misbehaving(.hang)))
            let asking = Task { try await begin(Self.chat, gateway) }
            #expect(try await gateway.workshop.models.alpha.reaches { $0.inFlight == 1 })
            asking.cancel()
            let task = try #require(try await tasks(gateway).first)
            let record = try await gateway.workshop.task(task, is: .cancelled)
            #expect(record.errorMessage?.contains("went away") == true)
            #expect(try await gateway.workshop.models.alpha.reaches { $0.inFlight == 0 })
        }
    }

    @Test("a client that reads more slowly than the model writes misses nothing of the answer")
    func slowReader() async throws {
        try await TestGateway.open(beside: [Router.self]) { gateway in
            let client = try RawSocket(port: gateway.port, receiveBuffer: 4_096)
            let body = String(decoding: try WireFormat.encode(Self.stream), as: UTF8.self)
            client.send(
                "POST \(Self.path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
            var found: TaskRecord?
            try await eventually("the chat is routed") {
                guard let id = try await tasks(gateway).first else { return false }
                found = try await gateway.workshop.store.tasks.load(id)
                return found?.status == .routed
            }
            let assigned = try #require(found.flatMap { TaskAssigned($0) })
            let pieces = (0..<2_400).map { "\($0) " + String(repeating: "x", count: 8_192) }
            for (number, piece) in pieces.enumerated() {
                try await gateway.workshop.send(
                    ProgressMade(assigned, .token, piece, data: ["sequence": .integer(Int64(number))]))
            }
            _ = try await gateway.workshop.store.executions.record([
                ExecutionRecord(
                    taskID: assigned.taskID, attempt: 1, agentID: .ada, promptID: assigned.promptID,
                    durationSeconds: 1, result: .completed(output: .string(pieces.joined())))
            ])
            let told = try await client.receive(within: .seconds(60))
            let texts = told.components(separatedBy: #""content":""#).dropFirst().map { $0.prefix { $0 != "\"" } }
            #expect(texts.count < pieces.count && texts.joined() == pieces.joined())
            #expect(told.contains("data: [DONE]"))
        }
    }

    @Test("the answer's header names the task, which can be rated, and the same key the same chat")
    func ratingAndKey() async throws {
        try await TestGateway.open(beside: [Router.self, Executor.self]) { gateway in
            let key = HTTPHeader("Idempotency-Key", "chat-1")
            let body = Array(try WireFormat.encode(Self.chat))
            let first = try await gateway.postText(Self.path, body, headers: [key])
            let again = try await gateway.postText(Self.path, body, headers: [key])
            let id = try #require(first.headers["x-hone-task-id"])
            #expect(first.status == 200 && again.headers["x-hone-task-id"] == id && again.body == first.body)
            #expect(try await gateway.workshop.store.tasks.counts() == [.completed: 1])
            #expect(try await gateway.rate(id, ["rating": 5]).status == 202)
            #expect(try await gateway.workshop.posted(FeedbackReceived.self).map { "\($0.body.taskID)" } == [id])
        }
    }

    @Test("a chat is on record with its agent before it is on the bus, as its caller's, and needs no router")
    func assigned() async throws {
        try await TestGateway.guarded { gateway in
            let asking = Task {
                try await gateway.post(Self.path, Self.chat, headers: [.who(.publisher, "ann")])
            }
            let posted = try await gateway.workshop.posted(TaskAssigned.self, .interactive, reaching: 1)
            let assigned = try #require(posted.first).body
            let detail = try await gateway.workshop.detail(assigned.taskID)
            #expect(detail.task.status == .routed && detail.task.owner == "jwt:ann" && detail.task.agentID == .ada)
            #expect(
                detail.decisions.map(\.decision.policy) == ["pinned"] && assigned.agentID == .ada
                    && assigned.attempt == 1)
            #expect(posted.map(\.id) == [TaskAssigned.id(of: assigned.taskID, attempt: 1).uuidString.lowercased()])
            #expect(try await gateway.workshop.posted(TaskSubmitted.self).isEmpty)
            asking.cancel()
            _ = try await gateway.workshop.task(assigned.taskID, is: .cancelled)
        }
    }

    @Test("a chat that no agent can take is left to the router, which says why")
    func untakeable() async throws {
        try await TestGateway.open { gateway in
            for agent in ["ada", "bob"] {
                let answer = try await gateway.send("DELETE", "/api/agents/\(agent)", body: JSONValue.object([:]))
                #expect(answer.status == 200)
            }
            try await eventually("the gateway knows that they are gone") {
                try await gateway.get("/v1/models").value["data"]?.array?.map { $0["id"] } == ["hone/auto"]
            }
            let chat: JSONValue = .object((Self.chat.object ?? [:]).merging(["model": "hone/auto"]) { $1 })
            // A router that begins now does not know them either.
            try await gateway.workshop.running([Router.self]) {
                let answer = try await gateway.post(Self.path, chat)
                #expect(try answer.status == 503 && answer.value["error"]?["code"] == "no_capable_agent")
            }
        }
    }

    @Test(
        "an answer is the record's, however much of what was told of it is lost", arguments: [[0, 1, 2], [0, 2], []])
    func lostPieces(_ told: [Int]) async throws {
        try await TestGateway.open { gateway in
            async let answer = gateway.post(Self.path, Self.chat)
            let assigned = try #require(
                try await gateway.workshop.posted(TaskAssigned.self, .interactive, reaching: 1).first
            ).body
            let pieces = [" one", " two", " three\n"]
            for number in told {
                try await gateway.workshop.send(
                    ProgressMade(assigned, .token, pieces[number], data: ["sequence": .integer(Int64(number))]))
            }
            let usage = TokenUsage(inputTokens: 3, outputTokens: 4)
            _ = try await gateway.workshop.store.executions.record([
                ExecutionRecord(
                    taskID: assigned.taskID, attempt: 1, agentID: .ada, promptID: assigned.promptID, usage: usage,
                    durationSeconds: 1, finishReason: "length", result: .completed(output: "one two three"))
            ])
            let summary = AnswerSummary(bytes: 13, usage: usage, finishReason: "length")
            try await gateway.workshop.send(ProgressMade(completed: assigned, summary))
            let found = try await answer
            let choice = try #require(try found.value["choices"]?[0], "\(found.text)")
            #expect(choice["message"]?["content"] == "one two three" && choice["finish_reason"] == "length")
            #expect(try found.value["usage"]?["total_tokens"] == 7)
            #expect(found.headers["x-hone-agent-id"] == "ada")
        }
    }
}
