import Foundation
import HoneCore
import ScriptedModel
import Testing

@testable import HoneModels

@Suite("Calls and what they may cost", .timeLimit(.minutes(1)))
struct BudgetTests {
    @Test("the dearest possible answer is set aside, and what it did cost is counted")
    func settled() async throws {
        let server = try await ScriptedModel.start(
            .always(ScriptedReply(text: "yes", usage: ScriptedUsage(input: 12, output: 3))))
        let purse = Purse(1_000_000)
        let catalog = Purse.catalog(purse, try Fixture.model(at: server, price: Purse.price))
        let response = try await catalog.chat(Purse.request(), on: Fixture.worker)
        let reservation = try #require(purse.reservations.elements.first)
        // 8 + 2 bytes and 16 for each of two messages at $1 a thousand; 10 tokens at $2.
        #expect(reservation.amount == MicroUSD(42_000 + 20_000) && reservation.least == MicroUSD(44_000))
        #expect(reservation.purpose == .judge && reservation.model == Fixture.worker)
        let settlement = try #require(purse.settlements.elements.first)
        #expect(settlement.id == reservation.id && settlement.cost == MicroUSD(18_000) && settlement.fault == nil)
        #expect(response.cost == settlement.cost && settlement.usage.outputTokens == 3)
        await catalog.shutdown()
        await server.stop()
    }

    @Test("a refusal names the budget and its figures, and no call is made")
    func refused() async throws {
        let server = try await ScriptedModel.start()
        let observed = Collector<ModelCall>()
        let purse = Purse(1_000)
        let catalog = Purse.catalog(
            purse, try Fixture.model(at: server, fallback: ["other"], price: Purse.price),
            try Fixture.model("other", at: server), retry: RetryPolicy(), observers: [observed])
        let fault = try await fault { try await catalog.chat(Purse.request(), on: Fixture.worker) }
        #expect(fault.taskFault.code == .costCapExceeded && !fault.taskFault.retryable && !fault.isTransient)
        #expect(
            fault.taskFault.message == "model worker: the budget of 2026-11-21 (UTC) is $0.001000: $0.000000 are "
                + "spent, $0.000000 reserved for calls under way, and this call may cost $0.062000")
        #expect(server.requests.isEmpty && observed.elements.isEmpty && purse.settlements.elements.isEmpty)
        #expect(catalog.isAvailable(Fixture.worker))
        await catalog.shutdown()
        await server.stop()
    }

    @Test(
        "who can wait asks again for what calls under way give back, who is waited for does not",
        arguments: [true, false])
    func patience(_ isPatient: Bool) async throws {
        let server = try await ScriptedModel.start(.always(.text("yes")))
        // Enough for one call, of which another one holds the most.
        let purse = Purse(70_000, held: 60_000, freeAfter: 2)
        let catalog = Purse.catalog(
            purse, try Fixture.model(at: server, price: Purse.price), retry: RetryPolicy(), timing: FakeTime().timing)
        var request = Purse.request()
        request.payer.isPatient = isPatient
        if isPatient {
            #expect(try await catalog.chat(request, on: Fixture.worker).text == "yes")
        } else {
            let fault = try await fault { try await catalog.chat(request, on: Fixture.worker) }
            #expect(fault.taskFault.code == .costCapExceeded && !fault.taskFault.retryable)
        }
        #expect(purse.reservations.elements.count == (isPatient ? 3 : 1))
        #expect(server.requests.count == (isPatient ? 1 : 0))
        await catalog.shutdown()
        await server.stop()
    }

    @Test("every retry and every stand-in is a call of its own")
    func attempts() async throws {
        let server = try await ScriptedModel.start(.always(.status(500)))
        let purse = Purse(10_000_000)
        let catalog = Purse.catalog(
            purse, try Fixture.model(at: server, fallback: ["other"], price: Purse.price),
            try Fixture.model("other", at: server, price: Purse.price), retry: RetryPolicy(attempts: 2),
            timing: FakeTime().timing)
        _ = try await fault { try await catalog.chat(Purse.request(), on: Fixture.worker) }
        #expect(purse.reservations.elements.map(\.model.rawValue) == ["worker", "worker", "other", "other"])
        #expect(Set(purse.reservations.elements.map(\.id)).count == 4)
        #expect(purse.settlements.elements.map(\.cost) == [.zero, .zero, .zero, .zero])
        #expect(purse.settlements.elements.map(\.fault) == Array(repeating: "unavailable", count: 4))
        await catalog.shutdown()
        await server.stop()
    }

    @Test("nothing is asked for a model that costs nothing, nor where there is no cap")
    func free() async throws {
        let echo = try Fixture.model("worker", .echo)
        for (purse, model) in [
            (Purse(0), echo),
            (Purse(0), try Fixture.model("worker", .echo, price: ModelPrice(inputPer1K: 0, outputPer1K: 0))),
            (Purse(0, capped: false), try Fixture.model("worker", .echo, price: Purse.price)),
        ] {
            let catalog = Purse.catalog(purse, model)
            #expect(try await catalog.chat(Purse.request(), on: Fixture.worker).text == "hm")
            #expect(purse.reservations.elements.isEmpty && purse.settlements.elements.isEmpty)
            await catalog.shutdown()
        }
    }

    @Test("a model without a price is not called under a cap, and is without one")
    func unpriced() async throws {
        let server = try await ScriptedModel.start(.always(.text("yes")))
        let capped = Purse.catalog(Purse(1_000_000), try Fixture.model(at: server))
        let fault = try await fault { try await capped.chat(Purse.request(), on: Fixture.worker) }
        #expect(fault.taskFault.code == .costCapExceeded && fault.taskFault.message.contains("it has no price"))
        #expect(server.requests.isEmpty)
        let free = Purse.catalog(Purse(0, capped: false), try Fixture.model(at: server))
        #expect(try await free.chat(Purse.request(), on: Fixture.worker).text == "yes")
        await capped.shutdown()
        await free.shutdown()
        await server.stop()
    }

    @Test("a call that must keep a cap has a limit, its own or the usual one")
    func limits() async throws {
        let server = try await ScriptedModel.start(.always(.text("yes")))
        let catalog = Purse.catalog(Purse(100_000_000), try Fixture.model(at: server, price: Purse.price))
        _ = try await catalog.chat(Purse.request(maxTokens: 7), on: Fixture.worker)
        _ = try await catalog.chat(Purse.request(maxTokens: nil), on: Fixture.worker)
        #expect(server.requests.map { $0.body["max_tokens"]?.int } == [7, 4_096])
        await catalog.shutdown()
        await server.stop()
    }
}
