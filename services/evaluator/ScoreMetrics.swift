import HoneCore
import HoneStore
import Metrics

/// How many scores were given, and how many of them nobody could give.
struct ScoreMetrics {
    private let counters: [ScoreRecord.EvaluatorKind: (known: Counter, unknown: Counter)]

    init() {
        let kinds = ScoreRecord.EvaluatorKind.allCases.map { ($0, Self.counters($0.rawValue)) }
        counters = Dictionary(uniqueKeysWithValues: kinds)
    }

    private static func counters(_ evaluator: String) -> (known: Counter, unknown: Counter) {
        func counter(_ outcome: String) -> Counter {
            Counter(label: "hone.scores", dimensions: [("evaluator", evaluator), ("outcome", outcome)])
        }
        return (counter("known"), counter("unknown"))
    }

    /// Counts a score that is new.
    func count(_ score: ScoreRecord) {
        guard let counters = counters[score.evaluatorKind] else { return }
        (score.scores.overall == nil ? counters.unknown : counters.known).increment()
    }
}
