import HoneCore

/// Which candidate the next prompt is made from.
protocol ParentSelection: Sendable, Hashable, Codable {
    mutating func parent(at bench: inout SearchBench) -> Int
}

/// Samples among the candidates that are best on some validation case, by the number of cases they are best on
/// (GEPA, arXiv 2507.19457, algorithm 2): what only one candidate can do is not lost to a better mean.
struct ParetoSampling: ParentSelection {
    mutating func parent(at bench: inout SearchBench) -> Int {
        let fronts = Self.fronts(bench)
        let tickets = fronts.flatMap(\.self)
        return tickets.randomElement(using: &bench.generator) ?? 0
    }

    /// For each validation case the candidates that are best on it, those left out that others cover.
    static func fronts(_ bench: SearchBench) -> [[Int]] {
        let fronts = bench.cases.validation.compactMap { leaders(on: $0, bench.board) }
        let kept = undominated(fronts, bench)
        return fronts.map { $0.filter(kept.contains) }
    }

    /// Nil for a case that nobody did.
    private static func leaders(on caseID: String, _ board: Scoreboard) -> [Int]? {
        let scores = board.candidates.compactMap { candidate in
            board.score(of: candidate.number, on: caseID).map { (candidate.number, $0) }
        }
        guard let best = scores.map(\.1).max() else { return nil }
        return scores.filter { $0.1 == best }.map(\.0)
    }

    /// Drops, the worst mean first, whoever has company in every front it stands in.
    private static func undominated(_ fronts: [[Int]], _ bench: SearchBench) -> Set<Int> {
        var kept = Set(fronts.joined())
        let means = Dictionary(uniqueKeysWithValues: kept.map { ($0, bench.mean($0)) })
        for (number, _) in means.sorted(by: { $0.value == $1.value ? $0.key > $1.key : $0.value < $1.value }) {
            let stands = fronts.filter { $0.contains(number) }
            if stands.allSatisfy({ $0.contains { $0 != number && kept.contains($0) } }) { kept.remove(number) }
        }
        return kept
    }
}
