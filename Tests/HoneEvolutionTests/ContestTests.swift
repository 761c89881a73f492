import HoneCore
import Testing

@testable import HoneEvolution

@Suite("trials that decide")
struct ContestTests {
    /// Candidate 0 fails the first eight of sixteen train cases and passes the others; candidate 1, its child, does as told.
    static func bench(
        child: [Int: Double], kinds: [String: String] = [:], parentDid: ClosedRange<Int> = 0...15
    ) throws -> SearchBench {
        let train = (0..<16).map { "t\($0)" }
        let validation = kinds.isEmpty ? ["v"] : kinds.keys.filter { $0.hasPrefix("v") }.sorted()
        let cases = try SearchCases(train: train, validation: validation, kinds: kinds)
        var bench = SearchBench(cases: cases, seed: 1, rollouts: 10)
        let parent = Dictionary(uniqueKeysWithValues: parentDid.map { ($0, $0 < 8 ? 0 : 1.0) })
        for (number, scores) in [parent, child].enumerated() {
            _ = bench.board.add(
                Genome(template: PromptTemplate(system: "\(number)")), parents: number == 0 ? [] : [0], maker: "test")
            for (place, score) in scores {
                bench.board.record(
                    TrialResult(score: score, passed: score == 1, cost: 1, seconds: 1),
                    of: SearchTrial(candidate: number, caseID: "t\(place)"))
            }
        }
        return bench
    }

    static func held(_ bench: SearchBench) -> (Contest, Wave?) {
        var (contest, bench) = (Contest(of: [1], against: 0), bench)
        let wave = contest.next(by: LikelyGain(), at: &bench)
        return (contest, wave)
    }

    @Test("a child that spoils what its parent can do pays for nothing further")
    func hopeless() throws {
        let (contest, wave) = Self.held(try Self.bench(child: [8: 0, 9: 0, 10: 0, 11: 0]))
        #expect(wave == nil && contest.winners.isEmpty && contest.contenders.isEmpty)
    }

    @Test("who solves what its parent fails, and spoils nothing, wins")
    func winning() throws {
        let (contest, wave) = Self.held(try Self.bench(child: [0: 1, 1: 1, 2: 1, 8: 1]))
        #expect(wave == nil && contest.winners == [1])
    }

    @Test("who is in doubt does more of its parent's cases")
    func doubtful() throws {
        let (contest, wave) = Self.held(try Self.bench(child: [0: 1, 8: 0]))
        let trials = try #require(wave).trials
        #expect(contest.contenders == [1] && trials.count == 4)
        #expect(trials.allSatisfy { $0.candidate == 1 && $0.caseID.hasPrefix("t") })
    }

    @Test("who leans to an answer is tried as often on the others")
    func kinds() throws {
        let train = (0..<16).map { ("t\($0)", $0 < 8 ? "no" : "yes") }
        let validation = (0..<4).map { ("v\($0)", $0 < 2 ? "no" : "yes") }
        let kinds = Dictionary(uniqueKeysWithValues: train + validation)
        let trials = try #require(Self.held(try Self.bench(child: [:], kinds: kinds)).1).trials
        #expect(trials.count == 4 && trials.count(where: { kinds[$0.caseID] == "no" }) == 2)
    }

    @Test("where the parent's cases are used up, both do new ones")
    func newCases() throws {
        let used = try Self.bench(child: [7: 0, 8: 1], parentDid: 7...8)
        let trials = try #require(Self.held(used).1).trials
        #expect(trials.count == 8 && Set(trials.map(\.caseID)).count == 4)
        #expect(trials.allSatisfy { !["t7", "t8"].contains($0.caseID) })
    }

    @Test("a good parent asks for more proof than a poor one")
    func proof() {
        func verdict(_ chance: Double, parent: Double) -> Bool? {
            LikelyGain().verdict(parent: parent) { _ in chance }
        }
        #expect(verdict(0.5, parent: 0.2) == true)
        #expect(verdict(0.5, parent: 0.9) == nil)
        #expect(verdict(0.1, parent: 0.2) == false)
    }

    @Test("who is as good as its parent, but hardly better, is let go without more cases")
    func hardlyBetter() {
        let verdict = { (parent: Double) in LikelyGain().verdict(parent: parent) { $0 > 0.05 ? 0.1 : 0.5 } }
        #expect(verdict(0.6) == false)
        #expect(verdict(0.9) == nil)
    }

    @Test("a screened child does the one case that it was made for")
    func screening() throws {
        let screening = Screening(parent: 0, lanes: [Screening.Lane(child: 1, caseIDs: ["t1"])])
        #expect(screening.next(at: try Self.bench(child: [:]))?.trials == [SearchTrial(candidate: 1, caseID: "t1")])
        let solved = try Self.bench(child: [1: 1])
        #expect(screening.next(at: solved) == nil && screening.survivors(at: solved).map(\.child) == [1])
        let failed = try Self.bench(child: [1: 0])
        #expect(screening.next(at: failed) == nil && screening.survivors(at: failed).isEmpty)
    }

    @Test("who solves that case does one next that its parent passed, and must not spoil it")
    func guarding() throws {
        let screening = Screening(parent: 0, lanes: [Screening.Lane(child: 1, caseIDs: ["t1", "t9"])])
        #expect(screening.next(at: try Self.bench(child: [:]))?.trials == [SearchTrial(candidate: 1, caseID: "t1")])
        #expect(screening.next(at: try Self.bench(child: [1: 0])) == nil)
        let solved = try Self.bench(child: [1: 1])
        #expect(screening.next(at: solved)?.trials == [SearchTrial(candidate: 1, caseID: "t9")])
        #expect(screening.survivors(at: solved).isEmpty)
        #expect(screening.survivors(at: try Self.bench(child: [1: 1, 9: 1])).map(\.child) == [1])
        #expect(screening.survivors(at: try Self.bench(child: [1: 1, 9: 0])).isEmpty)
    }
}
