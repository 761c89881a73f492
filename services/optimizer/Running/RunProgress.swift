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
    /// Those that are beaten by nobody in score, cost and time, as far as their results tell.
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
        /// An estimate from all results so far: what its mean on train and validation cases is believed to be.
        var score: Double
        /// Dollars per case; null where the price is not known.
        var costUSD: Double?
        var seconds: Double
        /// Train and validation cases that it has done.
        var cases: Int
        /// Whether it has done all validation cases.
        var validated: Bool

        enum CodingKeys: String, CodingKey {
            case score, seconds, cases, validated
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
    /// `worths` are the search's, `id` tells which prompt a candidate is.
    static func front(
        of search: SearchRun, _ worths: [Double], _ id: (Candidate) -> PromptID
    ) -> [Point] {
        let (board, all) = (search.board, search.cases.train + search.cases.validation)
        let points = search.known.compactMap { number -> Point? in
            let done = board.results(of: number, on: all).count
            guard done > 0, worths.indices.contains(number) else { return nil }
            return Point(
                promptID: id(board.candidates[number]), score: worths[number],
                costUSD: board.meanCost(of: number, on: all).map { $0 / 1_000_000 },
                seconds: board.meanSeconds(of: number, on: all) ?? 0, cases: done,
                validated: board.isComplete(number, on: search.cases.validation))
        }
        let table = ObjectiveTable(points.map { [$0.score, -($0.costUSD ?? 0), -$0.seconds] })
        return ParetoFronts(of: table).fronts.first?.map { points[$0] } ?? []
    }
}
