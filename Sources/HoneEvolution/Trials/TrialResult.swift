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
