/// Every candidate of a search, and every result that was paid for.
public struct Scoreboard: Sendable, Hashable, Codable {
    public private(set) var candidates: [Candidate] = []
    /// By candidate's number, then by case.
    private var results: [[String: TrialResult]] = []

    public init() {}

    /// Adds a candidate; nil when the same genome is known already.
    public mutating func add(_ genome: Genome, parents: [Int], maker: String) -> Candidate? {
        guard !candidates.contains(where: { $0.genome == genome }) else { return nil }
        let candidate = Candidate(number: candidates.count, genome: genome, parents: parents, maker: maker)
        candidates.append(candidate)
        results.append([:])
        return candidate
    }

    public mutating func record(_ result: TrialResult, of trial: SearchTrial) {
        results[trial.candidate][trial.caseID] = result
    }

    public func result(of candidate: Int, on caseID: String) -> TrialResult? {
        results[candidate][caseID]
    }

    public func score(of candidate: Int, on caseID: String) -> Double? {
        results[candidate][caseID]?.score
    }

    /// The scores of a candidate on all cases that it has done, in no order.
    func scores(of candidate: Int) -> [(String, Double)] { results[candidate].map { ($0.key, $0.value.score) } }

    /// The results on those of the cases that were run, in the order of the cases.
    public func results(of candidate: Int, on cases: [String]) -> [TrialResult] {
        cases.compactMap { results[candidate][$0] }
    }

    /// The cases that both candidates have done, in order of their ids.
    func shared(_ one: Int, _ other: Int) -> [String] {
        results[one].keys.filter { results[other][$0] != nil }.sorted()
    }

    public func isComplete(_ candidate: Int, on cases: [String]) -> Bool {
        cases.allSatisfy { results[candidate][$0] != nil }
    }

    /// The mean score over the cases that were run; nil when none was.
    public func meanScore(of candidate: Int, on cases: [String]) -> Double? {
        let scores = results(of: candidate, on: cases).map(\.score)
        return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
    }

    /// The mean cost in micro-dollars over the cases that were run; nil when none was, or a price is not known.
    public func meanCost(of candidate: Int, on cases: [String]) -> Double? {
        let costs = results(of: candidate, on: cases).map(\.cost)
        let known = costs.compactMap(\.self)
        return known.isEmpty || known.count < costs.count ? nil : known.reduce(0, +) / Double(known.count)
    }

    public func meanSeconds(of candidate: Int, on cases: [String]) -> Double? {
        let seconds = results(of: candidate, on: cases).map(\.seconds)
        return seconds.isEmpty ? nil : seconds.reduce(0, +) / Double(seconds.count)
    }

    /// A candidate and all it descends from.
    public func lineage(of candidate: Int) -> Set<Int> {
        var found: Set<Int> = [candidate]
        var open = [candidate]
        while let next = open.popLast() {
            for parent in candidates[next].parents where found.insert(parent).inserted { open.append(parent) }
        }
        return found
    }
}
