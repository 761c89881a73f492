import HoneCore
import HoneModels
import ScriptedModel
import Testing

@Suite("Embeddings", .timeLimit(.minutes(1)))
struct EmbeddingTests {
    @Test("one vector per text, in order, with its cost")
    func vectors() async throws {
        let server = try await ScriptedModel.start()
        let model = try Fixture.model(at: server, price: ModelPrice(inputPer1K: 1, outputPer1K: 0))
        let observed = Collector<ModelCall>()
        let catalog = Fixture.catalog(model, observers: [observed])
        let texts = ["a good film", "a bad one", "a good film"]
        let response = try await catalog.embed(texts, on: Fixture.worker)

        #expect(response.vectors.count == 3)
        #expect(response.vectors[0] == response.vectors[2])
        #expect(response.vectors[0] != response.vectors[1])
        #expect(response.usage.inputTokens == 9)
        #expect(response.cost == MicroUSD(9_000))
        #expect(observed.elements.map(\.kind) == [.embedding])
        #expect(server.requests.first?.body["input"]?.array?.count == 3)
        await server.stop()
    }

    @Test("failures have the same faults as with chat")
    func faults() async throws {
        let expected: [(ScriptedReply, String)] = [
            (.status(503), "unavailable"), (.status(501), "rejected"), (.status(401), "unauthorized"),
            (.misbehaving(.garbage), "invalid_answer"),
        ]
        for (reply, reason) in expected {
            let server = try await ScriptedModel.start(.always(reply))
            let catalog = Fixture.catalog(try Fixture.model(at: server))
            let fault = try await fault { try await catalog.embed(["hm"], on: Fixture.worker) }
            #expect(fault.reason.name == reason)
            #expect(!"\(fault)".contains(Fixture.key))
            await server.stop()
        }
    }

    @Test("echo embeds without a network: equal texts are equal, similar ones near")
    func echo() async throws {
        let catalog = Fixture.catalog(try Fixture.model("worker", .echo))
        let vectors = try await catalog.embed(
            ["a good film", "A good film!", "the good film", "tax return"], on: Fixture.worker
        ).vectors
        func cosine(_ left: [Double], _ right: [Double]) -> Double { zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }
        #expect(vectors[0] == vectors[1])
        #expect(cosine(vectors[0], vectors[2]) > cosine(vectors[0], vectors[3]))
    }

    @Test("Anthropic has none, and says so")
    func anthropic() async throws {
        let catalog = Fixture.catalog(try Fixture.model("worker", .anthropic))
        let fault = try await fault { try await catalog.embed(["hm"], on: Fixture.worker) }
        #expect(fault.reason.name == "misconfigured")
    }
}
