/// What an alert can be about.
public enum AlertKind: String, Codable, Sendable, CaseIterable {
    /// An agent's work is worse than it was.
    case qualityDrop = "quality_drop"
    /// An agent's tasks cost more than they did.
    case costSpike = "cost_spike"
    /// An agent fails too often.
    case failureRate = "failure_rate"
    /// Work waits for too long.
    case backlog
    /// Money runs out.
    case budget
    /// What Hone stands on does not answer: a model's endpoint, for example.
    case service
    /// An agent does worse with its new prompt than with the one before.
    case promptRegression = "prompt_regression"
    /// A scheduled search could not be asked for.
    case schedule
}

public enum AlertSeverity: String, Codable, Sendable, CaseIterable {
    case info, warning, critical
}
