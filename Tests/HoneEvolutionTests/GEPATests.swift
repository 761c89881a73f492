import Foundation
import HoneCore
import Testing

@testable import HoneEvolution

@Suite("GEPA")
struct GEPATests {
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
        let joined = merge.child(among: [0, 1, 2], at: &bench)
        let child = try #require(joined)
        #expect(child.genome.template.system == "new" && child.genome.template.user == "Q: {{ input }}")
        #expect(child.parents == [1, 2])
        let again = merge.child(among: [0, 1, 2], at: &bench)
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
        #expect(ParetoSampling.fronts([0, 1, 2], bench) == [[1], [1], [2]])
    }
}

@Suite("NSGA-II over prompts")
struct NSGA2SearchTests {
    @Test("a child has every gene of one parent or the other, and sentences of both")
    func crossover() {
        let one = Genome(
            template: PromptTemplate(system: "A one. B one.", user: "1 {{ input }}"),
            parameters: ModelParameters(temperature: 0))
        let other = Genome(
            template: PromptTemplate(system: "C two. D two.", user: "2 {{ input }}"),
            parameters: ModelParameters(temperature: 1))
        var seen: Set<Genome> = []
        for seed in 0..<200 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let child = PromptCrossover.child(one, other, using: &generator)
            #expect([one.template.user, other.template.user].contains(child.template.user))
            #expect([one.parameters, other.parameters].contains(child.parameters))
            let sentences = Sentences.split(child.template.system ?? "").map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(Set(sentences).isSubset(of: ["A one.", "B one.", "C two.", "D two."]))
            #expect(Set(sentences).count == sentences.count)
            seen.insert(child)
        }
        #expect(seen.contains { $0.template.system == "A one. D two." })
    }
}

@Suite("the Parzen estimator")
struct ParzenTests {
    @Test("draws most what did well, and goes on trying the rest")
    func drawing() {
        let seen = (0..<40).map { place in
            (choice: [place % 5, place % 3], score: place % 5 == 2 ? 0.9 : 0.3)
        }
        let estimator = ParzenEstimator(sizes: [5, 3], seen: seen)
        var generator = SeededGenerator(seed: UInt64(1))
        let drawn = (0..<200).map { _ in estimator.next(using: &generator)[0] }
        #expect(drawn.count { $0 == 2 } > 150)
        let blank = ParzenEstimator(sizes: [5, 3], seen: [])
        #expect(Set((0..<200).map { _ in blank.next(using: &generator)[0] }).count == 5)
    }
}
