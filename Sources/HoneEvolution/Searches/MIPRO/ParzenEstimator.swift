import HoneCore

/// Chooses among combinations of categories by what did well before: a tree-structured Parzen estimator
/// (Bergstra et al., NeurIPS 2011) over independent categories.
///
/// The best quarter of what was seen and the rest each give every category a frequency, with one imagined sighting; of some
/// draws from the former the one is taken that is likeliest there and least likely in the latter.
struct ParzenEstimator: Sendable {
    private static let goodShare = 0.25
    private static let draws = 24

    private let sizes: [Int]
    private let good: [[Double]]
    private let bad: [[Double]]

    /// `sizes` is how many categories each place has; `seen` are combinations with their scores.
    init(sizes: [Int], seen: [(choice: [Int], score: Double)]) {
        self.sizes = sizes
        let ranked = seen.enumerated().sorted {
            $0.element.score == $1.element.score ? $0.offset < $1.offset : $0.element.score > $1.element.score
        }.map(\.element.choice)
        let count = ranked.isEmpty ? 0 : max(1, Int(Self.goodShare * Double(ranked.count)))
        good = Self.frequencies(sizes, Array(ranked.prefix(count)))
        bad = Self.frequencies(sizes, Array(ranked.dropFirst(count)))
    }

    func next(using generator: inout SeededGenerator) -> [Int] {
        let candidates = (0..<Self.draws).map { _ in sizes.indices.map { draw(good[$0], using: &generator) } }
        return candidates.max { promise($0) < promise($1) } ?? sizes.map { _ in 0 }
    }

    private func promise(_ choice: [Int]) -> Double {
        choice.enumerated().reduce(1) { $0 * good[$1.offset][$1.element] / bad[$1.offset][$1.element] }
    }

    private func draw(_ chances: [Double], using generator: inout SeededGenerator) -> Int {
        var rest = generator.nextUnit()
        for (category, chance) in chances.enumerated() {
            if rest < chance { return category }
            rest -= chance
        }
        return chances.count - 1
    }

    private static func frequencies(_ sizes: [Int], _ choices: [[Int]]) -> [[Double]] {
        sizes.enumerated().map { place, size in
            var counts = [Double](repeating: 1, count: size)
            for choice in choices { counts[choice[place]] += 1 }
            return counts.map { $0 / Double(size + choices.count) }
        }
    }
}
