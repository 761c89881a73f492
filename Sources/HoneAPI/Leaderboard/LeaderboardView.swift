public import HoneStore

/// Standings in the order of one view: `overall`, `cost`, or a category. Cost and time are not kept by category.
public struct LeaderboardView: Sendable {
    public let view: String
    public let rows: [(rank: Int?, standing: Standing)]

    public init(_ standings: [Standing], view: String) {
        self.view = view
        rows = standings.map { (Self.rank(of: $0, view), $0) }
            .filter { view == "overall" || $0.rank != nil }
            .sorted { ($0.rank ?? .max, $0.standing.agentID) < ($1.rank ?? .max, $1.standing.agentID) }
    }

    private static func rank(of standing: Standing, _ view: String) -> Int? {
        switch view {
        case "overall": standing.overallRank
        case "cost": standing.costRank
        default: standing.categoryRanks[view]
        }
    }

    public var body: Page<StandingBody> {
        Page(items: rows.map { StandingBody($0.standing, rank: $0.rank) }, nextCursor: nil)
    }
}
