import HoneCore
import HoneStore

/// A case of a benchmark with an answer that is known to be right or wrong.
struct GoldWork: Sendable {
    let suite: String
    let caseID: String
    let category: Category
    let input: JSONValue
    let output: String
    let isRight: Bool

    /// For each of the first `limit` cases that have a label for an answer: the right label, and the next other one. Sealed
    /// cases are left alone.
    static func works(of suite: BenchmarkSummary, _ cases: [BenchmarkCase], limit: Int) -> [GoldWork] {
        let labels = Set(cases.compactMap(\.label)).sorted()
        guard labels.count > 1 else { return [] }
        let open = cases.filter { $0.split != .holdout && $0.label != nil }
        // Spread over the suite, which may be sorted by label.
        let step = max(1, open.count / max(1, limit))
        let chosen = stride(from: 0, to: open.count, by: step).prefix(limit).map { open[$0] }
        return chosen.flatMap { one -> [GoldWork] in
            guard let label = one.label, let place = labels.firstIndex(of: label) else { return [] }
            return [(label, true), (labels[(place + 1) % labels.count], false)].map { output, isRight in
                GoldWork(
                    suite: suite.id, caseID: one.id, category: suite.category, input: one.input, output: output,
                    isRight: isRight)
            }
        }
    }
}

extension BenchmarkCase {
    fileprivate var label: String? {
        guard case .choice(let label) = expected else { return nil }
        return label
    }
}
