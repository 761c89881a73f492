import HoneCore
import HoneModels
import ScriptedModel
import Testing

@Suite("OpenAI-compatible chat", .timeLimit(.minutes(1)))
struct OpenAIChatTests {
    @Test("an answer streams in pieces and ends with usage and the reason")
    func streaming() async throws {
        let server = try await ScriptedModel.start(.always(.text("a good answer")))
        let events = Collector<ChatEvent>()
        let response = try await Fixture.catalog(Fixture.model(at: server))
            .chat(Fixture.ask("what?"), on: Fixture.worker) { events.add($0) }

        #expect(response.text == "a good answer")
        #expect(response.finishReason == .stop)
        #expect(response.model == Fixture.worker)
        #expect(response.usage == TokenUsage(inputTokens: 1, outputTokens: 3, llmCalls: 1))
        #expect(!response.usageIsEstimated)
        let first = try #require(response.timeToFirstToken)
        #expect(first <= response.duration)
        #expect(
            events.elements == [
                .text("a"), .text(" good"), .text(" answer"), .usage(response.usage), .finished(.stop),
            ])
        await server.stop()
    }

    @Test("the request says what the caller said")
    func request() async throws {
        let server = try await ScriptedModel.start()
        var request = ChatRequest([.system("be short"), .user("one"), .assistant("two"), .user("three")])
        request.parameters = ModelParameters(temperature: 0, topP: 0.9, maxTokens: 8, stop: ["\n"], seed: 42)
        request.tools = [["type": "function", "function": ["name": "look", "parameters": ["type": "object"]]]]
        request.responseFormat = .jsonSchema(name: "label", schema: ["type": "object"])
        request.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        _ = try await Fixture.catalog(Fixture.model(at: server)).chat(request, on: Fixture.worker)

        let received = try #require(server.requests.first)
        #expect(received.headers["authorization"] == "Bearer \(Fixture.key)")
        #expect(received.headers["traceparent"] == request.traceparent)
        #expect(received.model == "wire-worker")
        #expect(received.turns.map(\.role) == ["system", "user", "assistant", "user"])
        #expect(received.turns.map(\.text) == ["be short", "one", "two", "three"])
        #expect(received.body["stream_options"]?["include_usage"] == true)
        #expect(received.body["temperature"]?.double == 0)
        #expect(received.body["top_p"] == 0.9)
        #expect(received.body["max_tokens"] == 8)
        #expect(received.body["stop"] == ["\n"])
        #expect(received.body["seed"] == 42)
        #expect(received.body["tools"] == request.tools)
        #expect(
            received.body["response_format"] == [
                "type": "json_schema",
                "json_schema": ["name": "label", "schema": ["type": "object"], "strict": true],
            ])
        await server.stop()
    }

    @Test("parameters that nobody set are not sent")
    func defaults() async throws {
        let server = try await ScriptedModel.start()
        _ = try await Fixture.catalog(Fixture.model(at: server)).chat(Fixture.ask("hello"), on: Fixture.worker)
        let body = try #require(server.requests.first?.body.object)
        #expect(Set(body.keys) == ["model", "messages", "stream", "stream_options"])
        await server.stop()
    }

    @Test("an answer in a forced schema reads as a value")
    func schema() async throws {
        let server = try await ScriptedModel.start(
            .always(ScriptedReply(labels: [ScriptedLabel("positive", matching: "great")])))
        var request = Fixture.ask("a great film")
        request.responseFormat = .jsonSchema(
            name: "label",
            schema: [
                "type": "object", "properties": ["label": ["type": "string", "enum": ["negative", "positive"]]],
                "required": ["label"],
            ])
        let response = try await Fixture.catalog(Fixture.model(at: server)).chat(request, on: Fixture.worker)
        #expect(try response.json([String: String].self) == ["label": "positive"])
        #expect(throws: ModelFault.self) { try response.json([Int].self) }
        await server.stop()
    }

    @Test("a forced choice is an enumeration of plain texts, and reads as one of them")
    func choice() async throws {
        let server = try await ScriptedModel.start(
            .always(ScriptedReply(labels: [ScriptedLabel("bad", matching: "dull")])))
        let template = PromptTemplate(
            labels: ["positive": "good", "negative": "bad"], answer: .choices(["positive", "negative"]))
        var request = Fixture.ask("a dull film")
        request.responseFormat = template.responseFormat
        let response = try await Fixture.catalog(Fixture.model(at: server)).chat(request, on: Fixture.worker)
        #expect(response.text == "\"bad\"" && template.reading(response.text) == "negative")
        #expect(server.requests.first?.schema == ["type": "string", "enum": ["good", "bad"]])
        await server.stop()
    }

    @Test(
        "however a choice comes, it reads as its label",
        arguments: ["\"good\"", "{\"answer\":\"good\"}", "good", "Good!", "{\"answer\": \"good", " \"good\" "])
    func reading(text: String) {
        let template = PromptTemplate(labels: ["positive": "good"], answer: .choices(["negative", "positive"]))
        #expect(template.reading(text) == "positive")
        #expect(PromptTemplate(answer: .jsonSchema([:])).reading(text) == text)
        #expect(PromptTemplate().reading(text) == text)
    }

    @Test("a tool call comes back with its arguments")
    func toolCall() async throws {
        let call = ScriptedToolCall(name: "look", arguments: #"{"at":"it"}"#)
        let server = try await ScriptedModel.start(.always(ScriptedReply(toolCall: call)))
        let response = try await Fixture.catalog(Fixture.model(at: server))
            .chat(Fixture.ask("look"), on: Fixture.worker)
        #expect(
            response.toolCalls == [ToolCall(id: "call_scripted", name: "look", arguments: #"{"at":"it"}"#)])
        #expect(response.finishReason == .toolCalls)
        await server.stop()
    }

    @Test("a server that ignores the wish to stream is understood")
    func whole() async throws {
        let server = try await ScriptedModel.start(
            .always(ScriptedReply(text: "all at once", misbehaviour: .ignoresStreaming)))
        let response = try await Fixture.catalog(Fixture.model(at: server))
            .chat(Fixture.ask("hm"), on: Fixture.worker)
        #expect(response.text == "all at once")
        #expect(response.usage.outputTokens == 3)
        await server.stop()
    }

    @Test("an answer that hit its limit says so")
    func length() async throws {
        let server = try await ScriptedModel.start(.always(ScriptedReply(text: "cut sh", finish: "length")))
        let response = try await Fixture.catalog(Fixture.model(at: server))
            .chat(Fixture.ask("hm"), on: Fixture.worker)
        #expect(response.finishReason == .length)
        await server.stop()
    }

    @Test("where usage is missing it is estimated, never zero")
    func missingUsage() async throws {
        let server = try await ScriptedModel.start(
            .always(ScriptedReply(text: "twelve bytes", misbehaviour: .noUsage)))
        let response = try await Fixture.catalog(Fixture.model(at: server))
            .chat(Fixture.ask("eight by"), on: Fixture.worker)
        #expect(response.usageIsEstimated)
        #expect(response.usage == TokenUsage(inputTokens: 2, outputTokens: 3, llmCalls: 1))
        await server.stop()
    }

    @Test("impossible counts of tokens are made plausible", arguments: [ModelProvider.openai, .anthropic])
    func wrongUsage(_ provider: ModelProvider) async throws {
        let server = try await ScriptedModel.start(
            .always(ScriptedReply(text: "hm", misbehaviour: .wrongUsage)))
        let price = ModelPrice(inputPer1K: 1, outputPer1K: 1)
        let response = try await Fixture.catalog(Fixture.model("worker", provider, at: server, price: price))
            .chat(Fixture.ask("hm"), on: Fixture.worker)
        #expect((0...12).contains(response.usage.inputTokens))
        #expect(response.usage.cachedInputTokens <= response.usage.inputTokens)
        #expect(response.usage.outputTokens == 1_000_000_000)
        #expect(try #require(response.cost) > .zero)
        await server.stop()
    }
}
