public import HoneCore

/// What a gate says of a prompt, for the person who approves: read from the experiment's results.
public struct GateFigures: Codable, Sendable {
    /// `promote`, `controls_broken`, `too_costly`, `too_slow`, `no_improvement` or `inconclusive`.
    public var verdict: String
    /// In one sentence.
    @OrNull public var reason: String?
    /// Holdout cases that both prompts ran.
    public var pairs: Int
    /// Of the test martingale; enough at the threshold.
    @OrNull public var evidence: Double?
    @OrNull public var threshold: Double?
    /// The mean of the candidate's score minus production's.
    @OrNull public var meanGain: Double?
    /// Cases that only the candidate passes, and those that only production does.
    public var wins: [String]
    public var losses: [String]
    /// Times production's; null where it is not known.
    @OrNull public var costRatio: Double?
    @OrNull public var durationRatio: Double?
    /// What to know before trusting it: too few controls, a worn holdout.
    public var warnings: [String]

    enum CodingKeys: String, CodingKey {
        case verdict, reason, warnings, pairs, evidence, threshold, wins, losses
        case meanGain = "mean_gain"
        case costRatio = "cost_ratio"
        case durationRatio = "duration_ratio"
    }

    /// Nil for results that are not a gate's.
    public init?(_ results: JSONValue) {
        guard let verdict = results["verdict"]?.string else { return nil }
        self.verdict = verdict
        reason = results["reason"]?.string
        pairs = results["pairs"]?.int ?? 0
        evidence = results["evidence"]?.double
        threshold = results["threshold"]?.double
        meanGain = results["gain"]?.double
        wins = results["wins"]?.array?.compactMap(\.string) ?? []
        losses = results["losses"]?.array?.compactMap(\.string) ?? []
        costRatio = results["cost"]?["ratio"]?.double
        durationRatio = results["time"]?["ratio"]?.double
        warnings = results["warnings"]?.array?.compactMap(\.string) ?? []
    }
}
