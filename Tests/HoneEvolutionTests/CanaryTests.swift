import HoneCore
import Testing

@testable import HoneEvolution

@Suite("a canary", .computing)
struct CanaryTests {
    private static let easy = CanaryOutcome.Stratum(category: .general, complexity: 1)
    private static let hard = CanaryOutcome.Stratum(category: .general, complexity: 5)

    private static func outcome(
        _ side: CanaryOutcome.Side, _ score: Double?, in stratum: CanaryOutcome.Stratum = easy, rating: Double? = nil,
        cost: Double? = nil
    ) -> CanaryOutcome {
        CanaryOutcome(side: side, stratum: stratum, score: score, rating: rating, cost: cost)
    }

    @Test("a prompt that fails where the other passes is condemned after a few tasks, and stays so")
    func harmful() {
        var comparison = CanaryComparison()
        var tasks = 0
        while comparison.harm == nil, tasks < 100 {
            comparison.add(Self.outcome(.old, 1))
            comparison.add(Self.outcome(.new, 0))
            tasks += 1
        }
        #expect(comparison.harm == .score && tasks < 15)
        for _ in 0..<200 {
            comparison.add(Self.outcome(.old, 0))
            comparison.add(Self.outcome(.new, 1))
        }
        #expect(comparison.harm == .score && comparison.report.summary.contains("evidence of worse score"))
    }

    @Test("a prompt that is better, or of which nothing is known, is never condemned")
    func harmless() {
        let better = (0..<500).map { index in
            index % 10 == 0 ? Self.outcome(.new, 1) : Self.outcome(.old, index % 2 == 0 ? 0 : 1)
        }
        #expect(CanaryComparison(better).harm == nil)
        let unknown = (0..<500).map { Self.outcome($0 % 2 == 0 ? .new : .old, nil) }
        let comparison = CanaryComparison(unknown)
        #expect(comparison.harm == nil && comparison.newTasks == 0 && comparison.report.score == nil)
        #expect(comparison.report.new.tasks == 250 && comparison.report.new.meanScore == nil)
    }

    @Test("hard tasks are compared with hard ones: who happens to get them is not condemned")
    func strata() {
        var comparison = CanaryComparison()
        for index in 0..<400 {
            // The new one gets hard tasks four times in five, the old one easy ones; both do alike in each kind.
            let isHard = index % 5 != 0
            comparison.add(Self.outcome(.new, isHard ? 0 : 1, in: isHard ? Self.hard : Self.easy))
            comparison.add(Self.outcome(.old, isHard ? 1 : 0, in: isHard ? Self.easy : Self.hard))
        }
        #expect(comparison.harm == nil && comparison.report.score?.gain == 0)
        #expect((comparison.report.new.meanScore ?? 1) < (comparison.report.old.meanScore ?? 0))
    }

    @Test("a prompt that costs a third more is condemned for it, one that costs a twentieth more is not")
    func costs() {
        func run(_ ratio: Double) -> CanaryComparison {
            CanaryComparison(
                (0..<600).map { Self.outcome($0 % 2 == 0 ? .new : .old, 1, cost: $0 % 2 == 0 ? ratio : 1) })
        }
        #expect(run(1.33).harm == .cost && abs((run(1.33).report.costRatio ?? 0) - 1.33) < 1e-9)
        #expect(run(1.05).harm == nil && run(1.1).harm == nil && run(0).harm == nil)
    }

    @Test("one dear task condemns nobody")
    func outlier() {
        let outcomes = (0..<200).map { Self.outcome($0 % 2 == 0 ? .new : .old, 1, cost: $0 == 100 ? 1e9 : 1) }
        #expect(CanaryComparison(outcomes).harm == nil)
    }

    @Test("people's stars condemn too")
    func ratings() {
        let outcomes = (0..<60).map { Self.outcome($0 % 2 == 0 ? .new : .old, 1, rating: $0 % 2 == 0 ? 0 : 1) }
        #expect(CanaryComparison(outcomes).harm == .rating)
    }

    @Test("a block ends where both prompts are in it, whatever their shares")
    func blocks() {
        var blocks = OutcomeBlocks()
        var whole: [OutcomeBlocks.Block] = []
        let sides: [CanaryOutcome.Side] = [.old, .old, .old, .new, .new, .new, .old]
        for (index, side) in sides.enumerated() {
            if let block = blocks.add(Double(index), of: side, in: Self.easy) { whole.append(block) }
        }
        #expect(whole.map(\.old) == [[0, 1, 2], [6]] && whole.map(\.new) == [[3], [4, 5]])
    }

    @Test("work before a change is set against work after it, the nearest first")
    func beforeAfter() {
        let before = [0.1, 0.2, 0.3].map { Self.outcome(.old, $0) } + [Self.outcome(.old, 0.9, in: Self.hard)]
        let after = [0.4, 0.5].map { Self.outcome(.new, $0) }
        let order = BeforeAfter.order(before, after)
        #expect(order.map(\.score) == [0.3, 0.4, 0.2, 0.5])
        #expect(BeforeAfter.order([], after).isEmpty)
    }

    @Test("a report keeps its figures through JSON")
    func report() throws {
        let report = CanaryComparison([Self.outcome(.old, 1, cost: 2), Self.outcome(.new, 0, cost: 3)]).report
        let json = try WireFormat.decode(JSONValue.self, from: WireFormat.encode(report))
        #expect(json["score"]?["gain"] == -1 && json["new"]?["mean_cost_micro_usd"] == 3 && json["harm"] == nil)
    }
}

@Suite("what a canary's watch promises", .computing)
struct CanarySimulationTests {
    private static func rate(_ world: CanarySimulation.World, runs: Int = 200) -> Double {
        CanarySimulation().figures(of: world, runs: runs, seed: 7).rollbackRate
    }

    @Test("an equal prompt is taken back in at most one run of twenty, whatever its share, and while tasks get harder")
    func equal() {
        for world in [
            CanarySimulation.World(share: 0.1, tasks: 2_000), .init(share: 0.5, tasks: 1_000),
            .init(share: 0.9, tasks: 1_000), .init(share: 0.1, drift: -0.4, tasks: 2_000),
            .init(share: 0.1, costRatio: 1.1, tasks: 2_000),
        ] {
            let rate = Self.rate(world)
            #expect(rate <= 0.05, "\(world): \(rate)")
        }
    }

    @Test("one that is 20 points worse, or costs a half more, is taken back in nine runs of ten")
    func harmful() {
        #expect(Self.rate(.init(share: 0.1, harm: 0.2)) >= 0.9)
        #expect(Self.rate(.init(share: 0.5, harm: 0.2, tasks: 1_000)) >= 0.9)
        #expect(Self.rate(.init(share: 0.1, costRatio: 1.5)) >= 0.9)
    }

    @Test("the same seed gives the same figures")
    func seeds() {
        let figures = (0..<2).map { _ in
            CanarySimulation().figures(of: .init(harm: 0.2, tasks: 500), runs: 20, seed: 3)
        }
        #expect(figures[0] == figures[1])
    }
}
