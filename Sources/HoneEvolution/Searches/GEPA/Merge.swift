import HoneCore

/// Joins two candidates of the front that improved different genes of a common ancestor (GEPA, arXiv 2507.19457,
/// appendix F): each gene comes from the one that changed it; where both did, from the one with the better mean.
struct Merge: Sendable, Hashable, Codable {
    private static let attempts = 10

    /// Pairs that were joined before.
    private var done: [[Int]] = []

    /// A child and its parents; nil when there is nothing to join.
    mutating func child(at bench: inout SearchBench) -> (genome: Genome, parents: [Int])? {
        let front = Set(ParetoSampling.fronts(bench).joined()).sorted()
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
        let worst = pair.map(bench.mean).min() ?? 0
        return lines[0].intersection(lines[1]).filter { bench.mean($0) <= worst }.max()
    }

    /// Nil when the child would equal a parent.
    private static func join(_ pair: [Int], _ ancestor: Int, _ bench: SearchBench) -> Genome? {
        let (one, other) = (bench.board.candidates[pair[0]].genome, bench.board.candidates[pair[1]].genome)
        let old = bench.board.candidates[ancestor].genome
        var child = old
        for gene in Gene.allCases {
            let changes = (!one.agrees(with: old, in: gene), !other.agrees(with: old, in: gene))
            let takesFirst = changes.1 ? changes.0 && bench.mean(pair[0]) >= bench.mean(pair[1]) : changes.0
            if takesFirst { child.inherit(gene, from: one) } else if changes.1 { child.inherit(gene, from: other) }
        }
        return child == one || child == other ? nil : child
    }
}
