import Foundation
public import HoneStore

/// Standings in the order of one view: `overall`, `cost`, or a category. Cost and time are not kept by category.
public struct LeaderboardView: Sendable {
    public struct Row: Sendable {
        /// Nil where the agent has none in this view.
        public let rank: Int?
        /// The ranks that the intervals leave open.
        public let band: ClosedRange<Int>?
        /// Of the first only: how many more verdicts could end that.
        public let flipsToLoseFirst: Int?
        /// In this category, else overall; with its 95 % interval.
        public let quality: Double?
        public let interval: ClosedRange<Double>?
        public let standing: Standing
    }

    public let view: String
    public let rows: [Row]

    public init(_ standings: [Standing], view: String) {
        self.view = view
        rows = standings.map { Row($0, view: view) }
            .filter { view == "overall" || $0.rank != nil }
            .sorted { ($0.rank ?? .max, $0.standing.agentID) < ($1.rank ?? .max, $1.standing.agentID) }
    }

    /// As published; where a period or a model is asked for, as it would be if there had been nothing else.
    public static func load(_ view: String, in filter: PeriodFilter, from store: Store) async throws -> LeaderboardView
    {
        let statistics = store.statistics
        let standings =
            filter == PeriodFilter()
            ? try await statistics.standings() : try await statistics.standings(in: filter, at: Date())
        return LeaderboardView(standings, view: view)
    }

    /// How many more verdicts could cost the first its place; nil where no number could, or nobody is ranked.
    public var flipsToLoseFirst: Int? { rows.first?.flipsToLoseFirst }
}

extension LeaderboardView.Row {
    public init(_ standing: Standing, view: String) {
        switch view {
        case "overall": self.init(overall: standing)
        case "cost": self.init(cost: standing)
        default: self.init(standing, in: standing.categoryPerformance[view])
        }
    }

    private init(overall standing: Standing) {
        self.init(
            rank: standing.overallRank, band: span(standing.rankBandLow, standing.rankBandHigh),
            flipsToLoseFirst: standing.flipsToLoseFirst, quality: standing.quality,
            interval: span(standing.qualityLow, standing.qualityHigh), standing: standing)
    }

    private init(cost standing: Standing) {
        self.init(
            rank: standing.costRank, band: span(standing.costBandLow, standing.costBandHigh), flipsToLoseFirst: nil,
            quality: standing.quality, interval: span(standing.qualityLow, standing.qualityHigh), standing: standing)
    }

    private init(_ standing: Standing, in category: Standing.CategoryPerformance?) {
        self.init(
            rank: category?.rank, band: span(category?.rankBandLow, category?.rankBandHigh),
            flipsToLoseFirst: category?.flipsToLoseFirst, quality: category?.quality,
            interval: span(category?.qualityLow, category?.qualityHigh), standing: standing)
    }
}

private func span<Bound>(_ low: Bound?, _ high: Bound?) -> ClosedRange<Bound>? {
    guard let low, let high, low <= high else { return nil }
    return low...high
}
