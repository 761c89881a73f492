import HoneCore
import HoneModels
import ScriptedModel
import Testing

@Suite("Fallback", .timeLimit(.minutes(1)))
struct FallbackTests {
    @Test("the next model answers, and the answer says which")
    func fallsBack() async throws {
        let server = try await ScriptedModel.start(
            Script([ScriptedRule(.status(500), when: .init(model: "wire-worker"))], otherwise: .text("instead")))
        let observed = Collector<ModelCall>()
        let catalog = Fixture.catalog(
            try Fixture.model(at: server, fallback: ["unknown", "second"]), try Fixture.model("second", at: server),
            observers: [observed])
        let response = try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker)

        #expect(response.text == "instead")
        #expect(response.model == ModelID("second"))
        #expect(response.usage.llmCalls == 2)
        #expect(observed.elements.map(\.model.rawValue) == ["worker", "second"])
        #expect(observed.elements.map(\.outcome.name) == ["unavailable", "answered"])
        await server.stop()
    }

    @Test("when all are exhausted the last one's fault is thrown")
    func exhausted() async throws {
        let server = try await ScriptedModel.start(
            Script([ScriptedRule(.status(500), when: .init(model: "wire-worker"))], otherwise: .status(429)))
        let catalog = Fixture.catalog(
            try Fixture.model(at: server, fallback: ["second"]), try Fixture.model("second", at: server))
        let fault = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        #expect(fault.taskFault.code == .modelRateLimited)
        #expect(fault.model == ModelID("second"))
        await server.stop()
    }

    @Test("a refusal, a rejected request or half an answer is nobody else's turn")
    func notWorthIt() async throws {
        let replies: [ScriptedReply] = [
            .misbehaving(.refusal), .status(422), ScriptedReply(text: "one two", misbehaviour: .cutStream),
        ]
        for reply in replies {
            let server = try await ScriptedModel.start(.always(reply))
            let catalog = Fixture.catalog(
                try Fixture.model(at: server, fallback: ["second"]), try Fixture.model("second", .echo))
            _ = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
            await server.stop()
        }
    }

    @Test("an open circuit sends the call straight to the next model")
    func openCircuit() async throws {
        let server = try await ScriptedModel.start(.always(.status(500)))
        let catalog = Fixture.catalog(
            try Fixture.model(at: server, fallback: ["second"]), try Fixture.model("second", .echo),
            circuit: .init(threshold: 1))
        for _ in 1...3 {
            #expect(try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker).model == ModelID("second"))
        }
        #expect(server.counts.started == 1)
        #expect(catalog.isAvailable(Fixture.worker))
        await server.stop()
    }

    @Test("models that name each other do not go in circles")
    func circle() async throws {
        let server = try await ScriptedModel.start(.always(.status(500)))
        let catalog = Fixture.catalog(
            try Fixture.model(at: server, fallback: ["worker", "second"]),
            try Fixture.model("second", at: server, fallback: ["worker"]))
        _ = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        #expect(server.counts.started == 2)
        await server.stop()
    }
}
