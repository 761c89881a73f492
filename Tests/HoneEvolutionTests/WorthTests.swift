import HoneCore
import Testing

@testable import HoneEvolution

@Suite("the worth of a candidate")
struct WorthTests {
    /// Today's prompt passes the second half of forty cases. Its children do as told.
    static func bench(_ children: [(Int) -> Double?], kinds: [String: String] = [:]) throws -> SearchBench {
        let validation = (0..<40).map { "v\($0)" }
        let cases = try SearchCases(train: ["t"], validation: validation, kinds: kinds)
        var bench = SearchBench(cases: cases, seed: 1, rollouts: 10)
        for (number, score) in ([{ $0 < 20 ? 0 : 1 }] + children).enumerated() {
            _ = bench.board.add(
                Genome(template: PromptTemplate(system: "\(number)")), parents: number == 0 ? [] : [0], maker: "test")
            for place in validation.indices {
                guard let score = score(place) else { continue }
                bench.board.record(
                    TrialResult(score: score, passed: score == 1, cost: 1, seconds: 1),
                    of: SearchTrial(candidate: number, caseID: validation[place]))
            }
        }
        return bench
    }

    @Test("a few lucky cases weigh less than many, and a child without any is its parent's equal")
    func shrinking() throws {
        let few: (Int) -> Double? = { 15..<20 ~= $0 ? 1 : nil }
        let worths = try Self.bench([few, { $0 < 10 ? 0 : 1 }, { _ in nil }]).worths()
        #expect(worths.means[0] < worths.means[1] && worths.means[1] < worths.means[2] + 0.05)
        #expect(worths.chance(that: 2, beats: 0) > worths.chance(that: 1, beats: 0))
        #expect(abs(worths.means[3] - worths.means[0]) < 1e-9)
        #expect(worths.best(of: [0, 3]) == 3)
    }

    @Test("failing what relatives fail too is no disgrace")
    func hardCases() throws {
        let hard: (Int) -> Double? = { $0 < 20 ? 0 : nil }
        let easy: (Int) -> Double? = { $0 < 20 ? nil : 0 }
        let twin: (Int) -> Double? = { $0 < 20 ? 0 : 1 }
        let worths = try Self.bench([twin, twin, hard, easy]).worths()
        #expect(worths.means[3] > worths.means[0] - 0.1)
        #expect(worths.means[4] < worths.means[0] - 0.3)
    }

    @Test("who does the same as its parent is not thought better")
    func twins() throws {
        let worths = try Self.bench([{ $0 < 20 ? 0 : 1 }, { 10..<30 ~= $0 ? ($0 < 20 ? 0 : 1) : nil }]).worths()
        #expect(worths.chance(that: 1, beats: 0) < 0.75 && worths.chance(that: 2, beats: 0) < 0.75)
    }

    @Test("who wins on one kind of case what it loses on another is no better, whichever it is tried on more")
    func kinds() throws {
        let leaning: (Int) -> Double? = { $0 < 12 ? 1 : 20..<22 ~= $0 ? 0 : nil }
        let better: (Int) -> Double? = { $0 < 12 ? 1 : 20..<22 ~= $0 ? 1 : nil }
        let answers = Dictionary(uniqueKeysWithValues: (0..<40).map { ("v\($0)", $0 < 20 ? "no" : "yes") })
        let kinds = answers.merging(["t": "no"]) { $1 }
        let blind = try Self.bench([leaning, better]).worths()
        let seeing = try Self.bench([leaning, better], kinds: kinds).worths()
        #expect(seeing.means[1] < blind.means[1] - 0.05 && seeing.means[1] < seeing.means[0] + 0.25)
        #expect(seeing.means[2] > seeing.means[1] + 0.1 && seeing.chance(that: 2, beats: 0) > 0.9)
    }

    @Test("kinds count while they are few and every case has one")
    func groups() throws {
        let train = (0..<30).map { "t\($0)" }
        func groups(_ kind: (Int) -> String?) throws -> Int {
            let kinds = train.indices.compactMap { number in kind(number).map { ("t\(number)", $0) } } + [("v", "0")]
            return try SearchCases(train: train, validation: ["v"], kinds: Dictionary(kinds) { $1 }).groups.count
        }
        #expect(try groups { "\($0 % 2)" } == 2)
        #expect(try groups { "\($0)" } == 1)
        #expect(try groups { "\(min(1, $0))" } == 1)
        #expect(try groups { $0 > 20 ? nil : "\($0 % 2)" } == 1)
    }
}
