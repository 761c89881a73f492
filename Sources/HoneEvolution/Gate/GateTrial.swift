/// Today's prompt, or the one that wants its place.
public enum GateSide: String, Sendable, Hashable, Codable {
    case parent, child
}

/// One case for one prompt to do. Trials of the same case and repetition run with the same seed.
public struct GateTrial: Sendable, Hashable, Codable {
    public let caseID: String
    public let side: GateSide
    /// 0, or more when a control is asked again.
    public let repetition: Int

    public init(caseID: String, side: GateSide, repetition: Int = 0) {
        self.caseID = caseID
        self.side = side
        self.repetition = repetition
    }
}

/// How a trial went. A trial that broke down says nothing of the prompt, and has no result.
public struct TrialResult: Sendable, Hashable, Codable {
    /// In 0…1; 1 or 0 for a case that is passed or failed.
    public let score: Double
    public let passed: Bool
    /// In micro-dollars; nil when the model's price is not known.
    public let cost: Double?
    public let seconds: Double

    public init(score: Double, passed: Bool, cost: Double?, seconds: Double) {
        self.score = score
        self.passed = passed
        self.cost = cost
        self.seconds = seconds
    }
}
