import Foundation
import HoneCore
import HoneIntelligence
import Testing

@Suite("agents that are set aside")
struct SettingAsideTests {
    @Test("agents on probation get at most a fifth of a category's traffic")
    func probationShare() throws {
        let agents = [
            try RoutingTests.candidate("new", quality: 0.9, probation: true),
            try RoutingTests.candidate("old", quality: 0.3),
        ]
        var context = RoutingTests.context
        context.traffic = CategoryTraffic()
        var onProbation = 0
        for task in 1...2_000 {
            let decision = try RoutingPlan().decide(
                RoutingTests.request(), among: agents, in: context, seed: Int64(task)
            ).get()
            context.traffic.count(decision)
            if decision.isChosenOnProbation { onProbation += 1 }
            #expect(Double(onProbation) <= 0.2 * Double(task))
        }
        #expect(onProbation > 350)
    }

    @Test("where all are on probation, all take part")
    func allOnProbation() throws {
        let agents = [
            try RoutingTests.candidate("a", probation: true), try RoutingTests.candidate("b", probation: true),
        ]
        var context = RoutingTests.context
        context.traffic = CategoryTraffic(turn: 10, routed: 10, routedToProbation: 10)
        #expect(
            try RoutingPlan().decide(RoutingTests.request(), among: agents, in: context, seed: 1).get().candidates.count
                == 2)
    }

    @Test("an agent whose model does not answer is set aside while others are able, and says so")
    func circuits() throws {
        let down = try RoutingTests.candidate("down", quality: 0.9) { $0.isCircuitOpen = true }
        let up = try RoutingTests.candidate("up", quality: 0.1)
        let decision = try RoutingPlan().decide(
            RoutingTests.request(), among: [down, up], in: RoutingTests.context, seed: 1
        ).get()
        #expect(decision.chosen == up.id)
        #expect(decision.excluded.map(\.description) == ["down has a model that does not answer at present"])
        let alone = try RoutingPlan().decide(RoutingTests.request(), among: [down], in: RoutingTests.context, seed: 1)
            .get()
        #expect(alone.chosen == down.id)
    }

    @Test("three failures within ten seconds open a circuit, for fifteen seconds after the last")
    func watch() throws {
        let model = try #require(ModelID("alpha"))
        let start = Date(timeIntervalSince1970: 1_000)
        var watch = CircuitWatch()
        for second in [0.0, 11, 12] { watch.note(model, at: start.addingTimeInterval(second)) }
        #expect(!watch.isOpen(model, at: start.addingTimeInterval(12)))
        watch.note(model, at: start.addingTimeInterval(13))
        #expect(watch.isOpen(model, at: start.addingTimeInterval(13)))
        #expect(watch.isOpen(model, at: start.addingTimeInterval(27.9)))
        #expect(!watch.isOpen(model, at: start.addingTimeInterval(28)))
        #expect(!watch.isOpen(try #require(ModelID("beta")), at: start))
    }
}
