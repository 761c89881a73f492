public import HoneCore

extension ScoreWeights {
    /// The weighted mean of the scores that exist; nil, *unknown*, when none of accuracy, relevance and completeness
    /// does: efficiency alone says nothing about the quality of the work.
    public func overall(of scores: Scores) -> Double? {
        guard quality(of: scores) != nil else { return nil }
        return mean([
            (scores.accuracy, accuracy), (scores.relevance, relevance), (scores.completeness, completeness),
            (scores.efficiency, efficiency),
        ])
    }

    /// The same without efficiency.
    public func quality(of scores: Scores) -> Double? {
        mean([(scores.accuracy, accuracy), (scores.relevance, relevance), (scores.completeness, completeness)])
    }

    private func mean(_ parts: [(score: Double?, weight: Double)]) -> Double? {
        var total = 0.0
        var weights = 0.0
        for case (let score?, let weight) in parts where weight > 0 {
            total += weight * score
            weights += weight
        }
        return weights > 0 ? min(1, max(0, total / weights)) : nil
    }
}
