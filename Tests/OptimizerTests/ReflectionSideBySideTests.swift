import Foundation
import HoneCore
import HoneStore
import HoneTestKit
import ScriptedModel
import Synchronization
import TestServers
import Testing

@testable import Optimizer

@Suite("Questions to a reflection model", .timeLimit(.minutes(4)))
struct ReflectionSideBySideTests {
    private static let reflecting = ["HONE_REFLECTION_MODEL": "thinker-70b"]

    private static func approve(_ thinker: ScriptedModel, in shop: OptimizerShop) async throws {
        _ = try await shop.store.models.apply(
            ApprovedModel(
                id: .named("thinker-70b"), provider: .openai, baseURL: thinker.baseURL, model: "thinker",
                price: ModelPrice(inputPer1K: 0.01, outputPer1K: 0.01), concurrency: 16))
    }

    /// Another instruction for each question.
    private static func reply(to request: ScriptedRequest) -> ScriptedReply {
        let number = request.lastUserText.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) % 9_973 }
        let system = "Answer in one word, in manner \(number). Say negative where somebody complains about it."
        return .text(#"{"variations": [{"kind": "imperative", "system": "\#(system)", "examples": []}]}"#)
    }

    @Test("an answer that is paid for when the optimizer is killed is found by the next, and not asked for again")
    func paidOnce() async throws {
        try await OptimizerShop.open(settings: Self.reflecting) { shop in
            let (first, isFree) = (Noted<String?>(nil), Noted(false))
            let thinker = try await ScriptedModel.start { request in
                let isFirst = request.number == 1
                if isFirst { first.set(request.lastUserText) }
                while !isFirst, !isFree.value, !Task.isCancelled { try? await Task.sleep(for: .milliseconds(10)) }
                return Self.reply(to: request)
            }
            try await Self.approve(thinker, in: shop)
            let id = try await shop.ask(budget: ["max_rollouts": 60], more: ["algorithm": "mipro"])
            try await shop.workshop.running(OptimizerShop.others) {
                try await shop.workshop.running([Optimizer.self]) {
                    try await eventually(within: .seconds(60), "an answer waits to be used") {
                        try await shop.store.optimizations.saved(id)?.state?.contains(#""waiting""#) == true
                    }
                }
                isFree.set(true)
                try await shop.workshop.running([Optimizer.self]) {
                    let record = try await shop.over(id)
                    #expect(record.status == "completed", "\(record)")
                }
            }
            let asked = thinker.requests.map(\.lastUserText)
            #expect(asked.count { $0 == first.value } == 1 && asked.count > 6, "\(asked.count)")
            let state = try await shop.state(id)
            #expect(state.contains("in manner") && !state.contains(#""waiting""#))
            await thinker.stop()
        }
    }

    @Test("several are asked side by side, and a search's way does not depend on which is answered first")
    func sideBySide() async throws {
        let id = OptimizationID(UUID())
        let (states, rows) = (Noted<[String]>([]), Noted<[String: [String]]>([:]))
        let busy = Busy()
        for (mode, concurrency) in [("record", "8"), ("replay", "1")] {
            let settings = ["HONE_REPLAY": mode, "HONE_CONCURRENCY": concurrency]
            try await OptimizerShop.open(settings: settings.merging(Self.reflecting) { $1 }) { shop in
                let thinker = try await ScriptedModel.start { request in
                    await busy.during { try? await Task.sleep(for: .milliseconds(160 - 40 * (request.number % 4))) }
                    return Self.reply(to: request)
                }
                try await Self.approve(thinker, in: shop)
                try await shop.importRecordings(rows.value)
                _ = try await shop.ask(.named("eve"), id, budget: ["max_rollouts": 60], more: ["algorithm": "mipro"])
                try await shop.workshop.running(OptimizerShop.others + [Optimizer.self]) {
                    let record = try await shop.over(id)
                    #expect(record.status == "completed", "\(mode): \(record)")
                }
                states.set(states.value + [try await shop.state(id)])
                rows.set(try await shop.recordings())
                #expect(mode == "record" ? thinker.requests.count == 6 : thinker.requests.isEmpty)
                await thinker.stop()
            }
        }
        #expect(states.value.count == 2 && states.value[0] == states.value[1])
        #expect((2...4).contains(busy.most), "\(busy.most) at once")
    }
}

/// How many are at it, and how many were at most.
private final class Busy: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    var most: Int { counts.withLock { $0.most } }

    func during(_ work: () async -> Void) async {
        counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
        await work()
        counts.withLock { $0.now -= 1 }
    }
}
