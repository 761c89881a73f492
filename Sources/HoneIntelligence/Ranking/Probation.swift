/// Until when an agent is new, and until when it has to prove itself.
public enum Probation {
    public static let tasks = 50
    public static let days = 7
    /// An estimate this sharp needs no more proof.
    public static let halfWidth = 0.05

    /// Probation ends with 50 scored tasks, after 7 days, or as soon as the quality is known to ±0.05.
    public static func applies(scoredTasks: Int, ageInDays: Int, halfWidth: Double? = nil) -> Bool {
        scoredTasks < tasks && ageInDays < days && halfWidth ?? 1 >= Self.halfWidth
    }

    public static func isNew(ageInDays: Int) -> Bool {
        ageInDays < days
    }
}

/// What a leaderboard pins to an agent.
public enum Badge: String, Codable, Sendable, CaseIterable {
    case gold, silver, bronze, new, probation

    /// The first three ranks' badges; nil below.
    public static func medal(rank: Int?) -> Badge? {
        switch rank {
        case 1: .gold
        case 2: .silver
        case 3: .bronze
        default: nil
        }
    }
}
