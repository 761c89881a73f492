import Foundation
import HTTP
import HoneBus
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

@Suite("OpenAI's protocol", .timeLimit(.minutes(10)))
struct ChatTests {
    private func withChat(_ check: @Sendable @escaping (TestGateway) async throws -> Void) async throws {
        try await TestGateway.guarded(beside: [Router.self, Executor.self]) { gateway in
            gateway.workshop.models.alpha.replace(script: .always(ScriptedReply(text: "one two three")))
            try await check(gateway)
        }
    }

    private static func chat(_ messages: (String, String)..., adding more: [String: JSONValue] = [:]) -> JSONValue {
        let turns = messages.map { ["role": .string($0.0), "content": .string($0.1)] as JSONValue }
        return .object(["model": "hone/ada", "messages": .array(turns)].merging(more) { $1 })
    }

    @Test("a conversation reaches the agent's model as turns, under the agent's own system text")
    func conversation() async throws {
        try await withChat { gateway in
            let answer = try await gateway.post(
                "/v1/chat/completions",
                Self.chat(("system", "Be brief."), ("user", "Hi"), ("assistant", "Hello"), ("user", "How are you?")))
            #expect(answer.status == 200, "\(answer.text)")
            #expect(try answer.value["choices"]?[0]?["message"]?["content"] == "one two three")
            let asked = try #require(gateway.workshop.models.alpha.requests.last)
            #expect(asked.turns.map(\.role) == ["system", "user", "assistant", "user"])
            #expect(
                asked.turns.map(\.text) == ["Answer in one word.", "Be brief.\n\nHi", "Hello", "How are you?"])
            let id = try #require(answer.headers["x-hone-task-id"].flatMap { TaskID($0) })
            let task = try await gateway.workshop.task(id, is: .completed)
            #expect(task.priority == 7 && task.pin?.agentID == .ada && task.sessionID != nil)
            #expect(answer.headers["x-hone-agent-id"] == "ada")
        }
    }

    @Test("the tasks of a conversation share a session, another conversation's do not")
    func sessions() async throws {
        try await withChat { gateway in
            func session(_ body: JSONValue, _ headers: [HTTPHeader] = []) async throws -> String? {
                let answer = try await gateway.post("/v1/chat/completions", body, headers: headers)
                let id = try #require(answer.headers["x-hone-task-id"].flatMap { TaskID($0) })
                return try await gateway.workshop.store.tasks.load(id)?.sessionID
            }
            let first = try await session(Self.chat(("user", "Hi")))
            let second = try await session(Self.chat(("user", "Hi"), ("assistant", "Hello"), ("user", "And?")))
            #expect(first != nil && first == second)
            #expect(try await session(Self.chat(("user", "Ho"))) != first)
            #expect(try await session(Self.chat(("user", "Hi")), [.who(.publisher, "ann")]) != first)
            #expect(try await session(Self.chat(("user", "Hi")), [HTTPHeader("X-Session-ID", "s1")]) == "s1")
            #expect(
                try await session(Self.chat(("user", "Hi"), adding: ["metadata": ["session_id": "s2"]])) == "s2")
        }
    }

    @Test("what the caller sets reaches the model")
    func parameters() async throws {
        try await withChat { gateway in
            let body = Self.chat(
                ("user", "Hi"),
                adding: [
                    "temperature": 0.5, "max_completion_tokens": 17, "seed": 4, "stop": "END", "top_p": 0.1, "n": 1,
                    "user": "u1", "response_format": ["type": "text"], "tools": [["type": "function"]],
                    "tool_choice": "auto",
                ])
            let answer = try await gateway.post("/v1/chat/completions", body)
            #expect(answer.status == 200, "\(answer.text)")
            let asked = try #require(gateway.workshop.models.alpha.requests.last).body
            #expect(asked["temperature"] == 0.5 && asked["seed"] == 4 && asked["stop"] == ["END"])
            #expect((asked["max_tokens"] ?? asked["max_completion_tokens"]) == 17)
        }
    }

    @Test("a stream is the tokens in order, then why it ended, what it used, and its end")
    func streaming() async throws {
        try await withChat { gateway in
            let body = Self.chat(
                ("user", "Hi"), adding: ["stream": true, "stream_options": ["include_usage": true]])
            let request = try HTTPRequest.json(
                "POST", gateway.url + "/v1/chat/completions", body: body, headers: gateway.signed([]))
            let stream = try await gateway.client.stream(request)
            #expect(stream.headers["content-type"] == "text/event-stream")
            #expect(stream.headers["x-hone-task-id"] != nil && stream.headers["x-hone-agent-id"] == "ada")
            var events: [ServerSentEvent] = []
            for try await event in ServerSentEvents(stream.body) { events.append(event) }
            #expect(events.last?.data == "[DONE]")
            let chunks = try events.dropLast().map { try $0.value }
            let texts = chunks.compactMap { $0["choices"]?[0]?["delta"]?["content"]?.string }
            #expect(texts.joined() == "one two three" && texts.count > 1)
            #expect(chunks.compactMap { $0["choices"]?[0]?["finish_reason"]?.string } == ["stop"])
            #expect(chunks.last?["choices"] == [] && chunks.last?["usage"]?["total_tokens"] != nil)
            #expect(Set(chunks.compactMap { $0["id"]?.string }).count == 1)
        }
    }

    @Test("an answer that breaks off ends its stream with an error, and nobody works on")
    func brokenStream() async throws {
        try await withChat { gateway in
            gateway.workshop.models.alpha.replace(
                script: .always(ScriptedReply(text: "one two three", misbehaviour: .cutStream)))
            let body = Self.chat(("user", "Hi"), adding: ["stream": true, "model": "hone/auto"])
            let answer = try await gateway.post("/v1/chat/completions", body)
            let id = try #require(answer.headers["x-hone-task-id"].flatMap { TaskID($0) })
            #expect(answer.text.contains("\"error\"") && !answer.text.contains("[DONE]"), "\(answer.text)")
            try await eventually("the task is over") {
                try await gateway.workshop.store.tasks.load(id)?.status.isTerminal == true
            }
        }
    }

    @Test("an agent that fails before it has said anything is replaced without a trace")
    func failover() async throws {
        try await withChat { gateway in
            gateway.workshop.models.alpha.replace(script: .always(.status(500)))
            gateway.workshop.models.beta.replace(script: .always(.text("negative")))
            let body = Self.chat(("user", "Hi"), adding: ["stream": true, "model": "hone/auto"])
            let answer = try await gateway.post("/v1/chat/completions", body)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.text.contains("negative") && answer.text.contains("[DONE]"), "\(answer.text)")
        }
    }

    @Test(
        "errors have OpenAI's form and name the parameter",
        arguments: [
            (#"{"model":"hone/ada","messages":[{"role":"user","content":"x"}],"n":2}"#, 400, "n"),
            (
                #"{"model":"hone/ada","messages":[{"role":"user","content":"x"}],"tools":[{}],"tool_choice":"required"}"#,
                400, "tool_choice"
            ),
            (
                #"{"model":"hone/ada","messages":[{"role":"user","content":"x"}],"function_call":{"name":"f"}}"#, 400,
                "function_call"
            ),
            (#"{"model":"hone/ada","messages":[{"role":"user","content":"x"}],"tools":"all"}"#, 400, "tools"),
            (#"{"model":"hone/ada","messages":[]}"#, 400, "messages"),
            (#"{"model":"hone/ada"}"#, 400, "messages"),
            (#"{"model":"hone/ada","messages":[{"role":"tool","content":"x"}]}"#, 400, "messages[0].role"),
            (#"{"model":"hone/ada","messages":[{"role":"assistant","content":"x"}]}"#, 400, "messages[0].role"),
            (
                #"{"model":"hone/ada","messages":[{"role":"user","content":[{"type":"image_url"}]}]}"#, 400,
                "messages[0].content"
            ),
            (#"{"model":"hone/ada","messages":[{"role":"user","content":"x"}],"max_tokens":0}"#, 400, "max_tokens"),
            (#"{"model":"gpt-4","messages":[{"role":"user","content":"x"}]}"#, 404, "model"),
            (#"{"model":"hone/kai","messages":[{"role":"user","content":"x"}]}"#, 404, "model"),
        ])
    func errors(_ body: String, _ status: Int, _ param: String) async throws {
        try await TestGateway.open { gateway in
            let value = try WireFormat.decode(JSONValue.self, from: Data(body.utf8))
            let answer = try await gateway.post("/v1/chat/completions", value)
            #expect(answer.status == status, "\(answer.text)")
            let error = try #require(try answer.value["error"])
            #expect(error["type"] == "invalid_request_error" && error["param"]?.string == param, "\(answer.text)")
        }
    }

    @Test("agents that can talk are models, and the best of them is one more")
    func models() async throws {
        try await TestGateway.open { gateway in
            let list = try await gateway.get("/v1/models").value
            #expect(list["object"] == "list")
            #expect(list["data"]?.array?.map { $0["id"] } == ["hone/auto", "hone/ada", "hone/bob"])
            #expect(try await gateway.get("/v1/models/hone/ada").value["object"] == "model")
            #expect(try await gateway.get("/v1/models/hone%2Fada").status == 200)
            let missing = try await gateway.get("/v1/models/gpt-4")
            #expect(try missing.status == 404 && missing.value["error"]?["code"] == "model_not_found")
            let nobody = try await gateway.get("/v1/nothing")
            #expect(try nobody.status == 404 && nobody.value["error"]?["message"] != nil)
        }
    }
}
