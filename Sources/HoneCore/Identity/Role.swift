/// What a caller may do; each role may do all that the ones before it may.
public enum Role: String, Codable, Sendable, CaseIterable, Comparable {
    /// Reads.
    case viewer
    /// Submits tasks and gives feedback.
    case publisher
    /// Changes agents, benchmarks, models; optimizes; handles dead letters.
    case `operator`
    /// Approves, deploys and rolls back prompts.
    case approver
    /// Manages keys.
    case admin

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    public static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }
}
