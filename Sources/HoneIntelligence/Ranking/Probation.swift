/// Until when an agent is new, and until when it has to prove itself.
public enum Probation {
    public static let tasks = 50
    public static let days = 7

    /// Probation ends with 50 scored tasks, or after 7 days.
    public static func applies(scoredTasks: Int, ageInDays: Int) -> Bool {
        scoredTasks < tasks && ageInDays < days
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

    /// All that an agent has earned or has to bear.
    public static func all(rank: Int?, ageInDays: Int, scoredTasks: Int) -> [Badge] {
        var badges = [medal(rank: rank)].compactMap(\.self)
        if Probation.isNew(ageInDays: ageInDays) { badges.append(.new) }
        if Probation.applies(scoredTasks: scoredTasks, ageInDays: ageInDays) { badges.append(.probation) }
        return badges
    }
}
