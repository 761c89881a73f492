import Foundation
import HoneCore
import HoneStore
import HoneTestKit
import ScriptedModel
import TestServers
import Testing

@testable import Optimizer

@Suite("Looks of a model at proposals", .timeLimit(.minutes(4)))
struct SanityOnceTests {
    private static let settings = ["HONE_REFLECTION_MODEL": "thinker-70b", "HONE_SANITY_MODEL": "guardian"]
    private static let fine = #"{"reason": "the same work", "verdict": "fine"}"#

    private static func approve(_ id: String, _ model: ScriptedModel, in shop: OptimizerShop) async throws {
        _ = try await shop.store.models.apply(
            ApprovedModel(
                id: .named(id), provider: .openai, baseURL: model.baseURL, model: id,
                price: ModelPrice(inputPer1K: 0.01, outputPer1K: 0.01), concurrency: 16))
    }

    /// Two variations, others for each question.
    private static func reply(to request: ScriptedRequest) -> ScriptedReply {
        let number = request.lastUserText.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) % 9_973 }
        let variations = ["complains about", "regrets"].map { word in
            let system = "Answer in one word, in manner \(number). Say negative where somebody \(word) it."
            return #"{"kind": "imperative", "system": "\#(system)", "examples": []}"#
        }
        return .text(#"{"variations": [\#(variations.joined(separator: ", "))]}"#)
    }

    @Test("one that is paid for when the optimizer is killed is found by the next, and not asked for again")
    func paidOnce() async throws {
        try await OptimizerShop.open(settings: Self.settings) { shop in
            let thinker = try await ScriptedModel.start { Self.reply(to: $0) }
            let (first, isFree) = (Noted<String?>(nil), Noted(false))
            let guardian = try await ScriptedModel.start { request in
                let isFirst = request.number == 1
                if isFirst { first.set(request.lastUserText) }
                while !isFirst, !isFree.value, !Task.isCancelled { try? await Task.sleep(for: .milliseconds(10)) }
                return .text(Self.fine)
            }
            try await Self.approve("thinker-70b", thinker, in: shop)
            try await Self.approve("guardian", guardian, in: shop)
            let id = try await shop.ask(budget: ["max_rollouts": 60], more: ["algorithm": "mipro"])
            try await shop.workshop.running(OptimizerShop.others) {
                try await shop.workshop.running([Optimizer.self]) {
                    try await eventually(within: .seconds(60), "a verdict waits to be used") {
                        try await shop.store.optimizations.saved(id)?.state?.contains(#""verdicts""#) == true
                    }
                }
                isFree.set(true)
                try await shop.workshop.running([Optimizer.self]) {
                    let record = try await shop.over(id)
                    #expect(record.status == "completed" && record.spent > .zero, "\(record)")
                }
            }
            let asked = guardian.requests.map(\.lastUserText)
            #expect(asked.count { $0 == first.value } == 1 && asked.count > 6, "\(asked.count)")
            #expect(try await !shop.state(id).contains(#""verdicts""#))
            await thinker.stop()
            await guardian.stop()
        }
    }

    @Test("what it finds fault with is not tried, and counted by its name")
    func refuses() async throws {
        try await OptimizerShop.open(settings: Self.settings) { shop in
            let thinker = try await ScriptedModel.start { Self.reply(to: $0) }
            let guardian = try await ScriptedModel.start(
                .always(ScriptedReply(text: #"{"reason": "other work", "verdict": "drift"}"#)))
            try await Self.approve("thinker-70b", thinker, in: shop)
            try await Self.approve("guardian", guardian, in: shop)
            let id = try await shop.ask(budget: ["max_rollouts": 60], more: ["algorithm": "mipro"])
            try await shop.workshop.running(OptimizerShop.others + [Optimizer.self]) {
                let record = try await shop.over(id)
                #expect(record.status == "completed" && record.bestPromptID == nil, "\(record)")
                let (refused, asked) = (record.progress?["refused"]?["drift"]?.int ?? 0, guardian.requests.count)
                #expect(refused >= asked && asked > 6 && record.progress?["candidates"] == 1, "\(refused) \(asked)")
            }
            await thinker.stop()
            await guardian.stop()
        }
    }
}
