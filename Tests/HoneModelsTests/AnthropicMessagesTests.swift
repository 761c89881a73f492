import HoneCore
import HoneModels
import ScriptedModel
import Testing

@Suite("Anthropic messages", .timeLimit(.minutes(1)))
struct AnthropicMessagesTests {
    @Test("an answer streams in pieces; cached tokens count as input")
    func streaming() async throws {
        let usage = ScriptedUsage(input: 100, output: 3, cached: 60)
        let server = try await ScriptedModel.start(.always(ScriptedReply(text: "a good answer", usage: usage)))
        let events = Collector<ChatEvent>()
        let price = ModelPrice(inputPer1K: 1, cachedInputPer1K: 0.1, outputPer1K: 2)
        let response = try await Fixture.catalog(Fixture.model("worker", .anthropic, at: server, price: price))
            .chat(Fixture.ask("what?"), on: Fixture.worker) { events.add($0) }

        #expect(response.text == "a good answer")
        #expect(response.finishReason == .stop)
        #expect(
            response.usage
                == TokenUsage(inputTokens: 100, cachedInputTokens: 60, outputTokens: 3, llmCalls: 1))
        #expect(response.cost == MicroUSD(dollars: 0.040 + 0.006 + 0.006))
        #expect(events.elements.prefix(3) == [.text("a"), .text(" good"), .text(" answer")])
        await server.stop()
    }

    @Test("system text goes apart, the key into its own header, and a limit is always set")
    func request() async throws {
        let server = try await ScriptedModel.start()
        var request = ChatRequest([.system("be short"), .system("be kind"), .user("hello")])
        request.parameters = ModelParameters(temperature: 0.5, stop: ["END"], seed: 1)
        request.tools = [["type": "function", "function": ["name": "look", "parameters": ["type": "object"]]]]
        _ = try await Fixture.catalog(Fixture.model("worker", .anthropic, at: server))
            .chat(request, on: Fixture.worker)

        let received = try #require(server.requests.first)
        #expect(received.path == "/v1/messages")
        #expect(received.headers["x-api-key"] == Fixture.key)
        #expect(received.headers["anthropic-version"] == "2023-06-01")
        #expect(received.body["system"] == "be short\n\nbe kind")
        #expect(received.body["messages"] == [["role": "user", "content": "hello"]])
        #expect(received.body["max_tokens"] == 4_096)
        #expect(received.body["temperature"] == 0.5)
        #expect(received.body["stop_sequences"] == ["END"])
        #expect(received.body["seed"] == nil)
        #expect(received.body["tools"] == [["name": "look", "input_schema": ["type": "object"]]])
        await server.stop()
    }

    @Test("a forced schema is a forced tool whose input is the answer", arguments: [true, false])
    func schema(streams: Bool) async throws {
        let reply = ScriptedReply(
            text: #"{"label": "positive"}"#, misbehaviour: streams ? nil : .ignoresStreaming)
        let server = try await ScriptedModel.start(.always(reply))
        var request = Fixture.ask("a great film")
        request.responseFormat = .jsonSchema(name: "label", schema: ["type": "object"])
        let response = try await Fixture.catalog(Fixture.model("worker", .anthropic, at: server))
            .chat(request, on: Fixture.worker)

        #expect(try response.json([String: String].self) == ["label": "positive"])
        #expect(response.toolCalls.isEmpty)
        #expect(response.finishReason == .stop)
        #expect(server.requests.first?.body["tool_choice"] == ["type": "tool", "name": "label"])
        await server.stop()
    }

    @Test("a forced choice is a forced tool")
    func choice() async throws {
        let server = try await ScriptedModel.start(.always(.text(#"{"answer": "good"}"#)))
        let template = PromptTemplate(answer: .choices(["good", "bad"]))
        var request = Fixture.ask("a great film")
        request.responseFormat = template.responseFormat
        let response = try await Fixture.catalog(Fixture.model("worker", .anthropic, at: server))
            .chat(request, on: Fixture.worker)
        #expect(template.reading(response.text) == "good")
        #expect(server.requests.first?.schema?["properties"]?["answer"]?["enum"] == ["good", "bad"])
        #expect(server.requests.first?.schema?["type"] == "object")
        await server.stop()
    }

    @Test("a tool use comes back as a tool call", arguments: [true, false])
    func toolCall(streams: Bool) async throws {
        let reply = ScriptedReply(
            toolCall: ScriptedToolCall(name: "look", arguments: #"{"at":"it"}"#),
            misbehaviour: streams ? nil : .ignoresStreaming)
        let server = try await ScriptedModel.start(.always(reply))
        let response = try await Fixture.catalog(Fixture.model("worker", .anthropic, at: server))
            .chat(Fixture.ask("look"), on: Fixture.worker)
        #expect(
            response.toolCalls == [ToolCall(id: "toolu_scripted", name: "look", arguments: #"{"at":"it"}"#)])
        #expect(response.finishReason == .toolCalls)
        await server.stop()
    }

    @Test(
        "the reasons for stopping are translated",
        arguments: [
            ("end_turn", FinishReason.stop), ("max_tokens", .length), ("stop_sequence", .stop), ("odd", .other),
        ])
    func stopReasons(_ reason: String, _ expected: FinishReason) async throws {
        let server = try await ScriptedModel.start(.always(ScriptedReply(text: "hm", finish: reason)))
        let response = try await Fixture.catalog(Fixture.model("worker", .anthropic, at: server))
            .chat(Fixture.ask("hm"), on: Fixture.worker)
        #expect(response.finishReason == expected)
        await server.stop()
    }
}
