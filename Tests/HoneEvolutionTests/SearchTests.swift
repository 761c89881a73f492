import Foundation
import HoneCore
import Testing

@testable import HoneEvolution

enum SearchKind: CaseIterable, Sendable {
    case gepa, gepaInLanes, mipro, nsga2

    /// What it reaches with 300 rollouts; today's prompt has 0.15.
    var leastQuality: Double {
        switch self {
        case .gepa, .gepaInLanes: 0.65
        case .mipro, .nsga2: 0.2
        }
    }

    var search: Search {
        switch self {
        case .gepa: .gepa(GEPA())
        case .gepaInLanes: .gepa(GEPA(lanes: 3))
        case .mipro: .mipro(MIPRO())
        case .nsga2: .nsga2(NSGA2Search())
        }
    }
}

@Suite("every search", .computing)
struct SearchTests {
    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    @Test(
        "finds a prompt that is truly better, and does not lose it again with more rollouts",
        arguments: SearchKind.allCases)
    func finds(kind: SearchKind) throws {
        let qualities = try [300, 600].map { rollouts in
            try (1...3).map { seed in
                var searching = try Searching(kind.search, seed: UInt64(seed), rollouts: rollouts)
                searching.finish()
                return searching.quality
            }
        }
        let medians = qualities.map(Self.median)
        #expect(medians[0] > kind.leastQuality, "\(qualities)")
        #expect(medians[1] >= medians[0] - 0.02, "\(qualities)")
    }

    /// Means over the same landscapes.
    @Test("GEPA is not below plain greedy acceptance", arguments: [75, 150, 300])
    func greedy(rollouts: Int) throws {
        let seeds = 1...10 as ClosedRange<UInt64>
        let mean = { (values: [Double]) in values.reduce(0, +) / Double(values.count) }
        let ours = try seeds.map { seed in
            var searching = try Searching(.gepa(GEPA()), seed: seed, rollouts: rollouts)
            searching.finish()
            return searching.quality
        }
        for minibatch in [3, 10] {
            let plain = seeds.map { Greedy.quality(minibatch: minibatch, seed: $0, rollouts: rollouts) }
            #expect(mean(ours) >= mean(plain), "\(minibatch): \(ours) \(plain)")
        }
    }

    @Test("spends its rollouts and not one more", arguments: SearchKind.allCases)
    func budget(kind: SearchKind) throws {
        var searching = try Searching(kind.search, seed: 1, rollouts: 217)
        var told = 0
        while !searching.run.ask().isEmpty {
            for request in searching.run.ask() {
                if case .trial = request { told += 1 }
                searching.answer(request)
            }
        }
        #expect(told + searching.run.rolloutsLeft == 217)
        #expect(kind == .mipro || told == 217)
    }

    @Test("never pays for the same trial twice", arguments: SearchKind.allCases)
    func noRepeats(kind: SearchKind) throws {
        var searching = try Searching(kind.search, seed: 2, rollouts: 500)
        var paid: Set<SearchTrial> = []
        while !searching.run.ask().isEmpty {
            for request in searching.run.ask() {
                if case .trial(let trial) = request { #expect(paid.insert(trial).inserted) }
                searching.answer(request)
            }
        }
        #expect(paid.count + searching.run.rolloutsLeft == 500)
    }

    @Test("stored after any answer, it goes on to the same bytes", arguments: SearchKind.allCases)
    func resuming(kind: SearchKind) throws {
        var straight = try Searching(kind.search, seed: 3, rollouts: 200)
        var resumed = straight
        while let request = resumed.run.ask().first {
            resumed.answer(request)
            resumed.run = try JSONDecoder().decode(SearchRun.self, from: resumed.bytes)
        }
        straight.finish()
        #expect(try resumed.bytes == straight.bytes)
    }

    @Test("the order of the answers does not matter, nor that some come twice", arguments: SearchKind.allCases)
    func anyOrder(kind: SearchKind) throws {
        var forth = try Searching(kind.search, seed: 4, rollouts: 100_000)
        var back = forth
        for _ in 0..<60 {
            let requests = back.run.ask()
            _ = forth.step()
            _ = back.step { $0.reversed() }
            for case .trial(let trial) in requests { back.run.tell(trial, nil) }
        }
        #expect(try forth.bytes == back.bytes)
    }

    @Test("a search with no improvement to find ends with today's prompt", arguments: SearchKind.allCases)
    func noImprovement(kind: SearchKind) throws {
        var searching = try Searching(kind.search, seed: 5, rollouts: 400)
        while !searching.run.ask().isEmpty {
            for request in searching.run.ask() {
                switch request {
                case .trial(let trial):
                    let passed = trial.caseID.hasSuffix("1")
                    searching.run.tell(trial, TrialResult(score: passed ? 1 : 0, passed: passed, cost: 1, seconds: 1))
                case .proposal: searching.answer(request)
                }
            }
        }
        #expect(searching.run.best.number == 0)
    }

    @Test(
        "a proposer that offers nothing usable ends the search, and costs nothing more",
        arguments: SearchKind.allCases, [true, false])
    func idle(kind: SearchKind, offersNothing: Bool) throws {
        var searching = try Searching(kind.search, seed: 6, rollouts: 400)
        var turns = 0
        while let request = searching.run.ask().first, turns < 1_000 {
            turns += 1
            if case .proposal(let proposal) = request {
                searching.run.tell(
                    proposal: proposal.number, offersNothing ? nil : proposal.genome, maker: "nobody")
            } else {
                searching.answer(request)
            }
        }
        #expect(turns < 1_000 && searching.run.rolloutsLeft > 0 && searching.run.best.number == 0)
    }
}
