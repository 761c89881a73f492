import HoneIntelligence
import Metrics

/// What the board as a whole shows of how far its figures can be trusted.
struct BoardGauges: Sendable {
    private let share: Gauge

    init(_ metrics: any MetricsFactory) {
        share = Gauge(label: "hone_scores_unknown_share", factory: metrics)
    }

    /// Of the completed tasks, those about whose quality nobody could say anything. They are in no mean.
    func show(_ board: Leaderboard) {
        guard board.total.completed > 0 else { return }
        share.record(Double(board.total.unknown) / Double(board.total.completed))
    }
}
