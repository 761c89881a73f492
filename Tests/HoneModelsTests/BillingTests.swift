import Foundation
import HoneCore
import ScriptedModel
import Testing

@testable import HoneModels

@Suite("What a call is charged", .timeLimit(.minutes(1)))
struct BillingTests {
    @Test(
        "what was or may have been billed is counted: whole where nobody said how much",
        arguments: [
            (ScriptedReply.status(429), MicroUSD?.some(.zero)), (.status(401), .some(.zero)),
            (.misbehaving(.halfStream), nil), (.misbehaving(.cutStream), nil), (.misbehaving(.garbage), nil),
            (.misbehaving(.noUsage), nil), (.misbehaving(.errorInStream), nil),
            (
                ScriptedReply(usage: ScriptedUsage(input: 5, output: 1), misbehaviour: .empty),
                .some(MicroUSD(7_000))
            ),
        ])
    func billing(_ reply: ScriptedReply, _ cost: MicroUSD?) async throws {
        let server = try await ScriptedModel.start(.always(reply))
        let purse = Purse(100_000_000)
        let catalog = Purse.catalog(purse, try Fixture.model(at: server, price: Purse.price))
        _ = try? await catalog.chat(Purse.request("a b c d"), on: Fixture.worker)
        #expect(purse.settlements.elements.map(\.cost) == [cost])
        await catalog.shutdown()
        await server.stop()
    }

    @Test("a reader that gives up leaves the whole reservation spent")
    func cancelled() async throws {
        struct Enough: Error {}
        let server = try await ScriptedModel.start(.always(.text("one two three")))
        let purse = Purse(100_000_000)
        let catalog = Purse.catalog(purse, try Fixture.model(at: server, price: Purse.price))
        await #expect(throws: Enough.self) {
            try await catalog.chat(Purse.request(), on: Fixture.worker) { _ in throw Enough() }
        }
        #expect(purse.settlements.elements.map(\.cost) == [nil])
        await catalog.shutdown()
        await server.stop()
    }

    @Test("an endpoint that is not there costs nothing")
    func absent() async throws {
        let purse = Purse(100_000_000)
        let catalog = Purse.catalog(purse, try Fixture.model(url: "http://127.0.0.1:1/v1", price: Purse.price))
        _ = try await fault { try await catalog.chat(Purse.request(), on: Fixture.worker) }
        #expect(purse.settlements.elements.map(\.cost) == [.zero])
        await catalog.shutdown()
    }

    @Test("embeddings are paid for, too")
    func embeddings() async throws {
        let server = try await ScriptedModel.start()
        let purse = Purse(100_000_000)
        let model = try Fixture.model(at: server, price: ModelPrice(inputPer1K: 1, outputPer1K: 0))
        let catalog = Purse.catalog(purse, model)
        _ = try await catalog.embed(["a good film"], on: Fixture.worker)
        #expect(purse.reservations.elements.map(\.amount) == [MicroUSD(27_000)])
        #expect(purse.reservations.elements.map(\.purpose) == [.embedding])
        #expect(purse.settlements.elements.map(\.cost) == [MicroUSD(3_000)])
        await catalog.shutdown()
        await server.stop()
    }
}

@Suite("The worst case")
struct WorstCaseTests {
    @Test("the affordable answer never costs more than what was granted", arguments: 0..<200)
    func affordable(seed: Int) {
        var generator = SystemRandomNumberGenerator()
        let price = ModelPrice(
            inputPer1K: .random(in: 0...0.01, using: &generator),
            outputPer1K: .random(in: 1e-6...0.1, using: &generator))
        let worst = WorstCase(
            price: price, inputTokens: .random(in: 0...10_000, using: &generator),
            outputTokens: .random(in: 1...5_000, using: &generator))
        #expect(worst.limit(within: worst.amount) == worst.outputTokens)
        let granted = MicroUSD(.random(in: worst.least.rawValue...worst.amount.rawValue, using: &generator))
        let usage = TokenUsage(inputTokens: worst.inputTokens, outputTokens: worst.limit(within: granted) ?? 0)
        #expect(price.cost(of: usage) <= granted)
        #expect((worst.limit(within: worst.least) ?? 0) >= 1)
    }

    @Test("cached input counts as the dearer of the two prices")
    func cached() {
        let price = ModelPrice(inputPer1K: 1, cachedInputPer1K: 3, outputPer1K: 0)
        let worst = WorstCase(price: price, inputTokens: 10, outputTokens: 10)
        #expect(worst.amount == MicroUSD(30_000) && worst.limit(within: worst.amount) == nil)
    }
}
