/// How firmly a leader leads.
///
/// Public leaderboards have been turned over by a few votes in a hundred thousand (arXiv 2508.11847), so a board says how
/// many it would take.
enum FirstPlace {
    /// No count goes beyond this: such a lead is not in doubt.
    static let most = 10_000

    /// The fewest further verdicts, all against the leader (0) or for one challenger (1), after which that challenger
    /// would lead. Nil when `most` are not enough, or when nobody else is there. Everything else stays as it is.
    static func flips(_ leader: Contender, _ others: [Contender], prior: QualityPrior) -> Int? {
        var fewest: Int?
        for other in others {
            guard let count = flips(leader, other, prior: prior, below: fewest ?? most + 1) else { continue }
            fewest = count
        }
        return fewest
    }

    struct Contender {
        var history: QualityHistory
        /// What is added to its mean for another reason than its scores.
        var offset = 0.0

        func mean(_ prior: QualityPrior) -> Double { QualityEstimate.mean(history, prior: prior) + offset }

        func after(_ verdict: Double) -> Contender {
            var next = self
            next.history.recent = history.recent + QualitySample(count: 1, sum: verdict, squares: verdict)
            return next
        }
    }

    /// Each step takes the verdict that closes more of the gap. As each further verdict counts less than the one before,
    /// no other choice is faster.
    private static func flips(
        _ leader: Contender, _ challenger: Contender, prior: QualityPrior, below limit: Int
    ) -> Int? {
        var (leader, challenger) = (leader, challenger)
        for count in 1..<max(limit, 1) {
            let (fallen, risen) = (leader.after(0), challenger.after(1))
            let (loss, gain) = (leader.mean(prior) - fallen.mean(prior), risen.mean(prior) - challenger.mean(prior))
            if loss > gain { leader = fallen } else { challenger = risen }
            if challenger.mean(prior) > leader.mean(prior) { return count }
        }
        return nil
    }
}
