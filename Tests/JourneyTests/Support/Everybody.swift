import HoneService

@testable import Evaluator
@testable import Executor
@testable import PeerReviewer
@testable import Router
@testable import StatsAggregator

/// All that a task meets between its publisher and the leaderboard.
let everybody: [any ServiceDefinition.Type] = [
    Router.self, Executor.self, Evaluator.self, PeerReviewer.self, StatsAggregator.self,
]
