import Foundation

/// Multinomial naive Bayes (Manning, Raghavan and Schütze, "Introduction to Information Retrieval", ch. 13) over tokens
/// that are numbers, with Lidstone smoothing. The same examples in any order give the same model.
struct NaiveBayes<Label: Hashable & Comparable & Sendable>: Sendable {
    private static var smoothing: Double { 0.3 }

    /// In order.
    let labels: [Label]
    private var priors: [Double] = []
    /// The place of each known token's logarithms, which follow one another label by label.
    private var places: [UInt64: Int] = [:]
    private var logarithms: [Double] = []

    /// Every label is known by its examples; a weight below 1 or above is that of a fraction or of several of them.
    init(_ examples: [(label: Label, tokens: [UInt64], weight: Double)]) {
        labels = Set(examples.map(\.label)).sorted()
        let indexes = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
        var counts: [UInt64: [Double]] = [:]
        var totals = [Double](repeating: 0, count: labels.count)
        var sizes = totals
        for example in examples {
            guard let index = indexes[example.label] else { continue }
            sizes[index] += example.weight
            totals[index] += example.weight * Double(example.tokens.count)
            for token in example.tokens {
                counts[token, default: [Double](repeating: 0, count: labels.count)][index] += example.weight
            }
        }
        let all = sizes.reduce(0, +) + Double(labels.count)
        priors = sizes.map { log(($0 + 1) / all) }
        let bottoms = totals.map { $0 + Self.smoothing * Double(counts.count) }
        logarithms.reserveCapacity(counts.count * labels.count)
        for (token, row) in counts {
            places[token] = logarithms.count
            for index in labels.indices { logarithms.append(log((row[index] + Self.smoothing) / bottoms[index])) }
        }
    }

    /// How likely each label is, in their order, and how many of the tokens were known. Tokens of a text are not
    /// independent of each other, as the model takes them to be: its certainty grows too fast with their number, and is
    /// taken back to that of the square root of it.
    func posterior(_ tokens: [UInt64]) -> (chances: [Double], known: Int) {
        var scores = [Double](repeating: 0, count: labels.count)
        var known = 0
        for token in tokens {
            guard let place = places[token] else { continue }
            known += 1
            for index in scores.indices { scores[index] += logarithms[place + index] }
        }
        let temper = known > 1 ? 1 / Double(known).squareRoot() : 1
        for index in scores.indices { scores[index] = priors[index] + scores[index] * temper }
        let highest = scores.max() ?? 0
        let weights = scores.map { exp($0 - highest) }
        let sum = weights.reduce(0, +)
        return (weights.map { $0 / sum }, known)
    }
}
