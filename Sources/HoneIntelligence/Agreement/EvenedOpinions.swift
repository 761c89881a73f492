import HoneCore

/// Opinions of the same work side by side, with each rater's mildness taken out: what a score lies above the task's worth
/// in the mean over all the rater has seen.
///
/// Worths and mildnesses are fitted in turn (least squares for score = worth of the task + mildness of the rater).
struct EvenedOpinions {
    struct Evened {
        let opinion: Opinion
        /// The score without the rater's mildness.
        let score: Double
    }

    /// One entry per task that more than one rater has seen.
    let works: [[Evened]]

    /// Who, and on which model: one that changes its model is another rater.
    private struct Source: Hashable {
        let rater: Opinion.Rater
        let model: ModelID?

        init(_ opinion: Opinion) {
            rater = opinion.rater
            model = opinion.raterModel
        }
    }

    private static let rounds = 20

    init(_ opinions: some Sequence<Opinion>) {
        let tasks = Dictionary(grouping: opinions, by: \.task).values.filter { $0.count > 1 }
        var numbers: [Source: Int] = [:]
        let sources = tasks.map { work in
            work.map { opinion in
                let source = Source(opinion)
                if let known = numbers[source] { return known }
                numbers[source] = numbers.count
                return numbers.count - 1
            }
        }
        let mildness = Self.mildness(tasks.map { $0.map(\.score) }, sources, count: numbers.count)
        works = zip(tasks, sources).map { work, sources in
            zip(work, sources).map { Evened(opinion: $0, score: $0.score - mildness[$1]) }
        }
    }

    private static func mildness(_ scores: [[Double]], _ sources: [[Int]], count: Int) -> [Double] {
        var mildness = [Double](repeating: 0, count: count)
        for _ in 0..<rounds {
            var sums = [Double](repeating: 0, count: count)
            var seen = [Double](repeating: 0, count: count)
            for (scores, sources) in zip(scores, sources) {
                let worth = zip(scores, sources).reduce(0) { $0 + $1.0 - mildness[$1.1] } / Double(scores.count)
                for (score, source) in zip(scores, sources) {
                    sums[source] += score - worth
                    seen[source] += 1
                }
            }
            mildness = zip(sums, seen).map { $0 / max(1, $1) }
        }
        return mildness
    }
}
