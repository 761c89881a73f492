import Foundation
import HoneCore
import Testing

@testable import HoneEvolution

@Suite("GEPA")
struct GEPATests {
    static let search = Search.gepa(GEPA())

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    @Test("finds a prompt that is truly better, and does not lose it again with more rollouts")
    func finds() throws {
        let qualities = try [300, 600, 1_200].map { rollouts in
            try (1...7).map { seed in
                var searching = try Searching(Self.search, seed: UInt64(seed), rollouts: rollouts)
                searching.finish()
                return searching.quality
            }
        }
        let medians = qualities.map(Self.median)
        #expect(medians[0] > 0.3, "\(qualities)")
        #expect(medians[1] >= medians[0] - 0.02 && medians[2] >= medians[1] - 0.02, "\(qualities)")
    }

    @Test("spends its rollouts and not one more")
    func budget() throws {
        var searching = try Searching(Self.search, seed: 1, rollouts: 217)
        var told = 0
        while !searching.run.ask().isEmpty {
            for request in searching.run.ask() {
                if case .trial = request { told += 1 }
                searching.answer(request)
            }
        }
        #expect(told == 217 && searching.run.rolloutsLeft == 0)
    }

    @Test("never pays for the same trial twice")
    func noRepeats() throws {
        var searching = try Searching(Self.search, seed: 2, rollouts: 500)
        var paid: Set<SearchTrial> = []
        while !searching.run.ask().isEmpty {
            for request in searching.run.ask() {
                if case .trial(let trial) = request { #expect(paid.insert(trial).inserted) }
                searching.answer(request)
            }
        }
        #expect(paid.count == 500)
    }

    @Test("stored after any answer, it goes on to the same bytes")
    func resuming() throws {
        var straight = try Searching(Self.search, seed: 3, rollouts: 200)
        var resumed = straight
        while let request = resumed.run.ask().first {
            resumed.answer(request)
            resumed.run = try JSONDecoder().decode(SearchRun.self, from: resumed.bytes)
        }
        straight.finish()
        #expect(try resumed.bytes == straight.bytes)
    }

    @Test("the order of the answers does not matter, nor that some come twice")
    func anyOrder() throws {
        var forth = try Searching(.gepa(GEPA(lanes: 3)), seed: 4, rollouts: 100_000)
        var back = forth
        for _ in 0..<60 {
            let requests = back.run.ask()
            _ = forth.step()
            _ = back.step { $0.reversed() }
            for case .trial(let trial) in requests { back.run.tell(trial, nil) }
        }
        #expect(try forth.bytes == back.bytes)
    }

    @Test("a search with no improvement to find ends with today's prompt")
    func noImprovement() throws {
        var searching = try Searching(Self.search, seed: 5, rollouts: 400)
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

    @Test("a proposer that offers nothing usable ends the search, and costs nothing more", arguments: [true, false])
    func idle(offersNothing: Bool) throws {
        var searching = try Searching(Self.search, seed: 6, rollouts: 400)
        var turns = 0
        while let request = searching.run.ask().first, turns < 1_000 {
            turns += 1
            if case .proposal(let proposal) = request {
                searching.run.tell(
                    proposal: proposal.number, offersNothing ? nil : proposal.parent.genome, maker: "nobody")
            } else {
                searching.answer(request)
            }
        }
        #expect(turns < 1_000 && searching.run.rolloutsLeft > 0 && searching.run.best.number == 0)
    }

    @Test("a merged prompt takes from each parent what that parent changed")
    func merging() throws {
        var bench = SearchBench(
            cases: try SearchCases(train: ["t"], validation: ["a", "b"]), seed: 1, rollouts: 10)
        let old = Genome(template: PromptTemplate(system: "old", user: "{{ input }}"))
        var (wording, question) = (old, old)
        wording.template.system = "new"
        question.template.user = "Q: {{ input }}"
        for (genome, parents) in [(old, []), (wording, [0]), (question, [0])] as [(Genome, [Int])] {
            _ = bench.board.add(genome, parents: parents, maker: "test")
        }
        for (candidate, passes) in [(0, []), (1, ["a"]), (2, ["b"])] as [(Int, [String])] {
            for id in ["a", "b"] {
                let passed = passes.contains(id)
                bench.board.record(
                    TrialResult(score: passed ? 1 : 0, passed: passed, cost: 1, seconds: 1),
                    of: SearchTrial(candidate: candidate, caseID: id))
            }
        }
        var merge = Merge()
        let joined = merge.child(at: &bench)
        let child = try #require(joined)
        #expect(child.genome.template.system == "new" && child.genome.template.user == "Q: {{ input }}")
        #expect(child.parents == [1, 2])
        let again = merge.child(at: &bench)
        #expect(again == nil)
    }

    @Test("what only one candidate can do keeps it a parent, and what others cover does not")
    func fronts() throws {
        var bench = SearchBench(
            cases: try SearchCases(train: ["t"], validation: ["a", "b", "c"]), seed: 1, rollouts: 10)
        let passes = [["a"], ["a", "b"], ["c"]]
        for (number, solved) in passes.enumerated() {
            _ = bench.board.add(Genome(template: PromptTemplate(system: "\(number)")), parents: [], maker: "test")
            for id in ["a", "b", "c"] {
                let passed = solved.contains(id)
                bench.board.record(
                    TrialResult(score: passed ? 1 : 0, passed: passed, cost: 1, seconds: 1),
                    of: SearchTrial(candidate: number, caseID: id))
            }
        }
        #expect(ParetoSampling.fronts(bench) == [[1], [1], [2]])
    }
}
