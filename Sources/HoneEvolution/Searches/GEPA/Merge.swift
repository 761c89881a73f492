import HoneCore

/// Joins two candidates of the front that improved different genes of a common ancestor (GEPA, arXiv 2507.19457,
/// appendix F): each gene comes from the one that changed it; where both did, from the one with the better mean.
struct Merge: Sendable, Hashable, Codable {
    private static let attempts = 10

    /// Pairs that were joined before.
    private var done: [[Int]] = []

    /// A child and its parents; nil when there is nothing to join.
    mutating func child(among pool: [Int], at bench: inout SearchBench) -> (genome: Genome, parents: [Int])? {
        let front = Set(ParetoSampling.fronts(pool, bench).joined()).sorted()
        guard front.count > 1 else { return nil }
        for _ in 0..<Self.attempts {
            let pair = Array(front.shuffled(using: &bench.generator).prefix(2)).sorted()
            guard !done.contains(pair), let ancestor = Self.ancestor(of: pair, bench),
                let genome = Self.join(pair, ancestor, bench)
            else { continue }
            done.append(pair)
            return (genome, pair)
        }
        return nil
    }

    /// The latest common ancestor that neither is worse than; nil when one descends from the other.
    private static func ancestor(of pair: [Int], _ bench: SearchBench) -> Int? {
        let lines = pair.map { bench.board.lineage(of: $0) }
        guard !lines[0].contains(pair[1]), !lines[1].contains(pair[0]) else { return nil }
        let worths = bench.worths().means
        let worst = pair.map { worths[$0] }.min() ?? 0
        return lines[0].intersection(lines[1]).filter { worths[$0] <= worst }.max()
    }

    /// The better one's changes first; nil when the child would equal a parent.
    private static func join(_ pair: [Int], _ ancestor: Int, _ bench: SearchBench) -> Genome? {
        let ranked = bench.worths().best(of: pair) == pair[0] ? pair : pair.reversed()
        let genomes = ranked.map { bench.board.candidates[$0].genome }
        var merge = ThreeWayMerge(of: bench.board.candidates[ancestor].genome)
        for genome in genomes { merge.takeWhatFits(of: genome) }
        return genomes.contains(merge.genome) ? nil : merge.genome
    }
}
