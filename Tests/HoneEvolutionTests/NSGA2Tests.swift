import Foundation
import HoneCore
import Testing

@testable import HoneEvolution

@Suite("NSGA-II", .computing)
struct NSGA2Tests {
    static func start(_ problem: TestProblem, seed: UInt64, size: Int = 100) -> NSGA2<[Double]> {
        var generator = SeededGenerator(seed: seed &+ 1)
        var search = NSGA2<[Double]>(size: size, seed: seed)
        let genomes = (0..<size).map { _ in (0..<problem.variables).map { _ in generator.nextUnit() } }
        search.take(genomes.map { .init($0, objectives: problem.objectives($0)) })
        return search
    }

    static func advance(_ search: inout NSGA2<[Double]>, _ problem: TestProblem, generations: Int) {
        for _ in 0..<generations {
            let children = search.offspring(by: RealVariation())
            search.take(children.map { .init($0, objectives: problem.objectives($0)) })
        }
    }

    /// The bounds leave room over what pymoo's NSGA-II reaches with the same population, operators and generations.
    @Test("finds the known fronts", arguments: zip(TestProblem.allCases, [0.01, 0.01, 0.01, 0.08]))
    func knownFronts(problem: TestProblem, distance: Double) {
        var search = Self.start(problem, seed: 1)
        Self.advance(&search, problem, generations: 250)
        let found = search.front.map(\.objectives)
        let reached = problem.invertedGenerationalDistance(of: found)
        #expect(reached < distance, "distance \(reached)")
        if problem != .dtlz2 {
            let (area, best) = (TestProblem.area(of: found), TestProblem.area(of: problem.front))
            #expect(area > 0.985 * best && area <= best + 0.005, "area \(area) of \(best)")
        }
    }

    @Test("the best found so far is never lost")
    func elitism() {
        var search = Self.start(.dtlz2, seed: 3, size: 20)
        for _ in 0..<60 {
            let before = search.front.map(\.objectives)
            Self.advance(&search, .dtlz2, generations: 1)
            let after = search.front.map(\.objectives)
            let table = ObjectiveTable(before + after)
            for old in before.indices {
                #expect(!after.indices.contains { table.dominates(old, over: before.count + $0) })
            }
        }
    }

    @Test("stored after any generation, it goes on to the same bytes")
    func resuming() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var straight = Self.start(.zdt1, seed: 9, size: 20)
        var resumed = straight
        for _ in 0..<12 {
            Self.advance(&straight, .zdt1, generations: 1)
            resumed = try JSONDecoder().decode(NSGA2<[Double]>.self, from: encoder.encode(resumed))
            Self.advance(&resumed, .zdt1, generations: 1)
            #expect(try encoder.encode(resumed) == encoder.encode(straight))
        }
    }

    @Test("another seed takes another way")
    func seeds() {
        var (one, other) = (Self.start(.zdt1, seed: 1, size: 20), Self.start(.zdt1, seed: 2, size: 20))
        Self.advance(&one, .zdt1, generations: 1)
        Self.advance(&other, .zdt1, generations: 1)
        #expect(one != other)
    }
}
