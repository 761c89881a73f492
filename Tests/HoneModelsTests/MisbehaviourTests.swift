import HoneCore
import HoneModels
import ScriptedModel
import Testing

/// A way to fail and what the caller must be told.
struct Expected: Sendable, CustomTestStringConvertible {
    var reply: ScriptedReply
    var code: ErrorCode
    var retryable: Bool
    var reason: String

    var testDescription: String { "\(reply.misbehaviour?.rawValue ?? "?") \(reply.status.map(String.init) ?? "")" }

    static let all: [Expected] = [
        .init(reply: .status(400), code: .modelError, retryable: true, reason: "context_exceeded"),
        .init(reply: .status(422), code: .modelError, retryable: false, reason: "rejected"),
        .init(reply: .status(401), code: .modelError, retryable: false, reason: "unauthorized"),
        .init(reply: .status(403), code: .modelError, retryable: false, reason: "unauthorized"),
        .init(reply: .status(404), code: .modelError, retryable: false, reason: "not_found"),
        .init(reply: .status(408), code: .modelUnavailable, retryable: true, reason: "unavailable"),
        .init(reply: .status(429), code: .modelRateLimited, retryable: true, reason: "rate_limited"),
        .init(reply: .status(500), code: .modelUnavailable, retryable: true, reason: "unavailable"),
        .init(reply: .status(503), code: .modelUnavailable, retryable: true, reason: "unavailable"),
        .init(reply: .misbehaving(.garbage), code: .modelError, retryable: true, reason: "invalid_answer"),
        .init(reply: half(.halfStream), code: .modelError, retryable: true, reason: "incomplete_answer"),
        .init(reply: half(.cutStream), code: .modelError, retryable: true, reason: "incomplete_answer"),
        .init(reply: half(.errorInStream), code: .modelUnavailable, retryable: true, reason: "unavailable"),
        .init(reply: .misbehaving(.refusal), code: .modelError, retryable: false, reason: "refused"),
        .init(reply: .misbehaving(.contentFilter), code: .modelError, retryable: false, reason: "refused"),
        .init(reply: .misbehaving(.empty), code: .modelError, retryable: false, reason: "empty_answer"),
        .init(reply: .misbehaving(.hang), code: .timeout, retryable: true, reason: "timed_out"),
        .init(reply: half(.stall), code: .timeout, retryable: true, reason: "timed_out"),
        .init(reply: .misbehaving(.hugeAnswer), code: .modelError, retryable: true, reason: "invalid_answer"),
    ]

    private static func half(_ misbehaviour: ScriptedMisbehaviour) -> ScriptedReply {
        ScriptedReply(text: "one two three four", misbehaviour: misbehaviour)
    }
}

@Suite("Models that misbehave", .timeLimit(.minutes(1)))
struct MisbehaviourTests {
    @Test(
        "each failure has its code, and no text repeats the key",
        arguments: [ModelProvider.openai, .anthropic], Expected.all)
    func codes(_ provider: ModelProvider, _ expected: Expected) async throws {
        let server = try await ScriptedModel.start(.always(expected.reply))
        let catalog = Fixture.catalog(try Fixture.model("worker", provider, at: server))
        // Anthropic has one type for every wrong request.
        if provider == .anthropic, expected.reason == "context_exceeded" { return await server.stop() }

        let patience: Duration = expected.reason == "timed_out" ? .seconds(1) : .seconds(30)
        let fault = try await fault { try await catalog.chat(Fixture.ask("hm", idle: patience), on: Fixture.worker) }
        #expect(fault.reason.name == expected.reason)
        #expect(fault.taskFault.code == expected.code)
        #expect(fault.taskFault.retryable == expected.retryable)
        #expect(fault.model == Fixture.worker)
        #expect(!"\(fault) \(fault.taskFault) \(String(reflecting: fault))".contains(Fixture.key))
        await server.stop()
    }

    @Test("refused answers say that they were refused")
    func refusals() async throws {
        let server = try await ScriptedModel.start(.always(.misbehaving(.refusal)))
        let catalog = Fixture.catalog(try Fixture.model(at: server))
        let fault = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        #expect(fault.taskFault.message == "model worker: the model refused to answer")
        await server.stop()
    }

    @Test("a refused key is named by its variable")
    func keyVariable() async throws {
        let server = try await ScriptedModel.start(.always(.status(401)))
        let catalog = Fixture.catalog(try Fixture.model(at: server))
        let fault = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        #expect(fault.description == "model_error: model worker: the endpoint refused access (401); look at TEST_KEY")
        await server.stop()
    }

    @Test("what was generated before a break is charged for")
    func brokenAnswersCost() async throws {
        let server = try await ScriptedModel.start(
            .always(ScriptedReply(text: "one two three four", misbehaviour: .cutStream)))
        let model = try Fixture.model(at: server, price: ModelPrice(inputPer1K: 1, outputPer1K: 1))
        let catalog = Fixture.catalog(model)
        let fault = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        #expect(fault.usage.outputTokens == 2)
        #expect(try #require(fault.cost) > .zero)
        await server.stop()
    }

    @Test("an endpoint that is not there is unavailable")
    func absent() async throws {
        let catalog = Fixture.catalog(try Fixture.model(url: "http://127.0.0.1:1/v1"))
        let fault = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        #expect(fault.taskFault.code == .modelUnavailable)
        #expect(fault.isTransient)
    }

    @Test("a base URL that is none is a person's to mend")
    func badURL() async throws {
        let catalog = Fixture.catalog(try Fixture.model(url: "not a url"))
        let fault = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        #expect(fault.reason.name == "misconfigured")
        #expect(!fault.taskFault.retryable)
    }
}
