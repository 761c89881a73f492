import HoneService

/// Adds up what evaluations, reviews, feedback and failures say of each agent, publishes the leaderboard, and raises alerts.
@main
enum StatsAggregator: ServiceDefinition {
    static let name = "stats-aggregator"
    static let summary = "Adds up scores, reviews and feedback, publishes the leaderboard, and raises alerts."
    static let isUnhurried = true

    static func assemble(_ assembly: inout ServiceAssembly) async throws {
        let efforts = try await assembly.efforts()
        let trust = try await TrustBook(store: assembly.store, logger: assembly.logger)
        let board = Board(store: assembly.store, publisher: assembly.transport, logger: assembly.logger)
        let desk = RewardDesk(
            efforts: efforts, trust: trust, circumstances: try await assembly.circumstances(.reward, .trust))
        let ledger = Ledger(store: assembly.store, desk: desk, board: board)
        assembly.run(trust)
        assembly.run(board)
        assembly.run(Recount(store: assembly.store, board: board, logger: assembly.logger))
        assembly.run(
            AlertWatch(
                store: assembly.store, transport: assembly.transport, maxBacklog: assembly.settings.maxBacklog,
                logger: assembly.logger))
        assembly.run(BudgetWatch(store: assembly.store, logger: assembly.logger))
        assembly.run(JudgeWatch(store: assembly.store, logger: assembly.logger))
        assembly.run(
            ForgetRecords(
                store: assembly.store, retention: assembly.settings.retention,
                isReplaying: assembly.settings.replay == .replay, logger: assembly.logger))
        try assembly.handle(CountEvaluations(ledger: ledger))
        try assembly.handle(CountReviews(ledger: ledger))
        try assembly.handle(CountFeedback(ledger: ledger))
        try assembly.handle(CountFailures(ledger: ledger))
    }
}
