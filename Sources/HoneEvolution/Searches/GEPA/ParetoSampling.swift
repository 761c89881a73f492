import HoneCore

/// Which candidate the next prompts are made from.
protocol ParentSelection: Sendable, Hashable, Codable {
    mutating func parent(among pool: [Int], at bench: inout SearchBench) -> Int
}

/// Samples among the candidates that are best on some case, by the number of cases they are best on (GEPA, arXiv 2507.19457,
/// algorithm 2, over all cases that several of them have done): what only one candidate can do is not lost to a better mean.
/// The other turns go to the one that is worth most.
struct ParetoSampling: ParentSelection {
    /// The share of turns that the best one gets outright.
    private static let share = 0.8

    mutating func parent(among pool: [Int], at bench: inout SearchBench) -> Int {
        if bench.generator.nextUnit() < Self.share { return bench.worths().best(of: pool) }
        let tickets = Self.fronts(pool, bench).flatMap(\.self)
        return tickets.randomElement(using: &bench.generator) ?? bench.worths().best(of: pool)
    }

    /// For each case the candidates that are best on it, those left out that others cover.
    static func fronts(_ pool: [Int], _ bench: SearchBench) -> [[Int]] {
        let fronts = bench.allCases.compactMap { leaders(pool, on: $0, bench.board) }
        let kept = undominated(fronts, bench)
        return fronts.map { $0.filter(kept.contains) }
    }

    /// Nil for a case that fewer than two did.
    private static func leaders(_ pool: [Int], on caseID: String, _ board: Scoreboard) -> [Int]? {
        let scores = pool.compactMap { number in board.score(of: number, on: caseID).map { (number, $0) } }
        guard scores.count > 1, let best = scores.map(\.1).max() else { return nil }
        return scores.filter { $0.1 == best }.map(\.0)
    }

    /// Drops, the worst first, whoever has company in every front it stands in.
    private static func undominated(_ fronts: [[Int]], _ bench: SearchBench) -> Set<Int> {
        var kept = Set(fronts.joined())
        let means = bench.worths().means
        let worth = Dictionary(uniqueKeysWithValues: kept.map { ($0, means[$0]) })
        for (number, _) in worth.sorted(by: { $0.value == $1.value ? $0.key > $1.key : $0.value < $1.value }) {
            let stands = fronts.filter { $0.contains(number) }
            if stands.allSatisfy({ $0.contains { $0 != number && kept.contains($0) } }) { kept.remove(number) }
        }
        return kept
    }
}
