import HoneCore
import HoneEvolution

/// How far a search is: what its status shows and its watchers are told.
struct RunProgress: Codable, Sendable, Hashable {
    /// Rounds of proposals so far.
    var generation: Int
    /// Prompts that were proposed and are new, today's among them.
    var candidates: Int
    /// What the mean scores on train and validation cases are believed to be; null before the first trial.
    var baselineScore: Double?
    var bestScore: Double?
    var bestPromptID: PromptID
    /// Those that did all validation cases and are beaten by nobody in score, cost and time.
    var front: [Point]
    var rolloutsUsed: Int
    var rolloutsLeft: Int
    var brokenTrials: Int
    /// Proposals that were not tried, by what kept them from it.
    var refused: [String: Int]
    var spentUSD: Double
    var etaSeconds: Double?
    /// Who makes proposals, and why.
    var proposer: String?

    struct Point: Codable, Sendable, Hashable {
        var promptID: PromptID
        var score: Double
        /// Dollars per case; null where the price is not known.
        var costUSD: Double?
        var seconds: Double

        enum CodingKeys: String, CodingKey {
            case score, seconds
            case promptID = "prompt_id"
            case costUSD = "cost_usd"
        }
    }

    enum CodingKeys: String, CodingKey {
        case generation, candidates, front, proposer, refused
        case baselineScore = "baseline_score"
        case bestScore = "best_score"
        case bestPromptID = "best_prompt_id"
        case rolloutsUsed = "rollouts_used"
        case rolloutsLeft = "rollouts_left"
        case brokenTrials = "broken_trials"
        case spentUSD = "spent_usd"
        case etaSeconds = "eta_seconds"
    }
}

extension RunProgress {
    static func front(
        _ board: Scoreboard, _ cases: [String], _ id: (Candidate) -> PromptID
    ) -> [Point] {
        let done = board.candidates.filter { board.isComplete($0.number, on: cases) }
        let points = done.map { candidate in
            Point(
                promptID: id(candidate), score: board.meanScore(of: candidate.number, on: cases) ?? 0,
                costUSD: board.meanCost(of: candidate.number, on: cases).map { $0 / 1_000_000 },
                seconds: board.meanSeconds(of: candidate.number, on: cases) ?? 0)
        }
        let table = ObjectiveTable(points.map { [$0.score, -($0.costUSD ?? 0), -$0.seconds] })
        return ParetoFronts(of: table).fronts.first?.map { points[$0] } ?? []
    }
}
