import Foundation
import HoneCore
import ScriptedModel
import Testing

@testable import HoneModels

@Suite("The catalogue", .timeLimit(.minutes(1)))
struct CatalogTests {
    private func endpoint(
        _ provider: ModelProvider, url: String? = nil, key: String? = nil, _ environment: [String: String]
    ) throws -> ModelEndpoint {
        let model = ApprovedModel(
            id: Fixture.worker, provider: provider, baseURL: url, model: "m", apiKeyEnvironment: key)
        return ModelEndpoint(of: model, environment: environment)
    }

    @Test("OPENAI_BASE_URL is where models live that name no URL")
    func openAIBaseURL() throws {
        let environment = ["OPENAI_BASE_URL": "http://local/v1/", "OPENAI_API_KEY": "k"]
        let unnamed = try endpoint(.openai, environment)
        #expect(unnamed.baseURL == "http://local/v1")
        #expect(unnamed.key == Secret("k"))
        #expect(try endpoint(.openai, url: "http://own/v1", environment).baseURL == "http://own/v1")
        #expect(try endpoint(.openai, ["OPENAI_BASE_URL": ""]).baseURL == "https://api.openai.com/v1")
    }

    @Test("a key goes nowhere it was not meant for")
    func keys() throws {
        let environment = ["OPENAI_API_KEY": "k", "OTHER": "o"]
        #expect(try endpoint(.openai, url: "http://stranger/v1", environment).key == nil)
        #expect(try endpoint(.openai, url: "http://own/v1", key: "OTHER", environment).key == Secret("o"))
        #expect(try endpoint(.openai, key: "MISSING", environment).key == nil)
    }

    @Test("Anthropic's URL may come with or without its version")
    func anthropicURL() throws {
        #expect(try endpoint(.anthropic, [:]).baseURL == "https://api.anthropic.com/v1")
        #expect(try endpoint(.anthropic, url: "http://proxy/", [:]).baseURL == "http://proxy/v1")
        #expect(try endpoint(.anthropic, url: "http://proxy/v1", [:]).baseURL == "http://proxy/v1")
    }

    @Test("OpenAI itself is told the limit by its new name")
    func limitName() throws {
        var request = Fixture.ask("hm")
        request.parameters.maxTokens = 5
        let body = OpenAIChat().exchange(for: request, model: "m", at: try endpoint(.openai, [:])).body
        #expect(body["max_completion_tokens"] == 5)
        #expect(body["max_tokens"] == nil)
    }

    @Test("a model nobody approved is a clear fault")
    func unknown() async throws {
        let fault = try await fault { try await Fixture.catalog().chat(Fixture.ask("hm"), on: Fixture.worker) }
        #expect(fault.description == "model_error: model worker: no approved model has this id")
    }

    @Test("echo answers with the last user message and counts it by its rule")
    func echo() async throws {
        let observed = Collector<ModelCall>()
        let price = ModelPrice(inputPer1K: 1, outputPer1K: 1)
        let catalog = Fixture.catalog(try Fixture.model("worker", .echo, price: price), observers: [observed])
        let response = try await catalog.chat(
            ChatRequest([.system("four"), .user("first"), .assistant("no"), .user("the last one")]),
            on: Fixture.worker)
        #expect(response.text == "the last one")
        #expect(response.usage == TokenUsage(inputTokens: 1 + 2 + 1 + 3, outputTokens: 3, llmCalls: 1))
        #expect(response.cost == MicroUSD(dollars: 0.010))
        #expect(observed.elements.count == 1)
    }

    @Test("observers learn of every exchange, with its labels and its price")
    func metering() async throws {
        let usage = ScriptedUsage(input: 200, output: 50)
        let server = try await ScriptedModel.start(
            .first(1, .status(500), then: ScriptedReply(text: "yes", usage: usage)))
        let observed = Collector<ModelCall>()
        let catalog = Fixture.catalog(
            try Fixture.model(at: server, price: ModelPrice(inputPer1K: 0.1, outputPer1K: 0.2)),
            retry: RetryPolicy(), timing: FakeTime().timing, observers: [observed])
        var request = Fixture.ask("hm")
        request.labels = ["task_id": "t-1"]
        request.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        let response = try await catalog.chat(request, on: Fixture.worker)

        #expect(response.cost == MicroUSD(30_000))
        #expect(observed.elements.map(\.outcome.name) == ["unavailable", "answered"])
        #expect(observed.elements.map(\.cost) == [.zero, MicroUSD(30_000)])
        #expect(observed.elements.allSatisfy { $0.labels == ["task_id": "t-1"] && $0.kind == .chat })
        #expect(observed.elements.allSatisfy { $0.traceparent == request.traceparent })
        await server.stop()
    }

    @Test("without a price the cost is unknown, not zero")
    func unpriced() async throws {
        let catalog = Fixture.catalog(try Fixture.model("worker", .echo))
        #expect(try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker).cost == nil)
    }

    @Test("a change of the catalogue changes prices from then on")
    func replacing() async throws {
        let catalog = Fixture.catalog(try Fixture.model("worker", .echo))
        catalog.replace(with: [
            try Fixture.model("worker", .echo, price: ModelPrice(inputPer1K: 1, outputPer1K: 1))
        ])
        #expect(try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker).cost != nil)
        #expect(catalog.models.count == 1)
    }

    @Test("a wrapping stands between the layers and the wire")
    func wrapping() async throws {
        struct Fixed: ChatModel {
            let id: ModelID
            func respond(to request: ChatRequest, receiving: @escaping ChatReceiver) async throws -> ChatResponse {
                ChatResponse(text: "recorded", model: id)
            }
        }
        let options = ModelCatalogOptions(wrapping: { model, _ in Fixed(id: model.id) })
        let catalog = ModelCatalog([try Fixture.model("worker", .echo)], environment: [:], options: options)
        #expect(try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker).text == "recorded")
        await catalog.shutdown()
    }
}

@Suite("Retry-After")
struct RetryAfterTests {
    private let now = Date(timeIntervalSince1970: 784_111_777)

    @Test("seconds, dates, and what is neither")
    func forms() {
        #expect(RetryAfter.duration(from: "5", now: now) == .seconds(5))
        #expect(RetryAfter.duration(from: " 0.5 ", now: now) == .milliseconds(500))
        #expect(RetryAfter.duration(from: "Sun, 06 Nov 1994 08:49:47 GMT", now: now) == .seconds(10))
        #expect(RetryAfter.duration(from: "Sun, 06 Nov 1994 08:49:07 GMT", now: now) == .zero)
        #expect(RetryAfter.duration(from: "99999999999", now: now) == .seconds(86_400))
        for text in ["", "-3", "nan", "soon"] { #expect(RetryAfter.duration(from: text, now: now) == nil) }
    }
}
