import HoneCore
import HoneEvolution
import HoneStore

/// An agent's last runs, as a worker or as a critic.
struct ObservedAgent {
    var id: AgentID
    var role: AgentRole
    var runs: [ObservedRun]

    static func workers(_ runs: [FinishedRun]) -> [ObservedAgent] {
        Dictionary(grouping: runs, by: \.agentID).map { agent, runs in
            ObservedAgent(id: agent, role: .worker, runs: runs.map(ObservedRun.init))
        }.sorted { $0.id < $1.id }
    }

    /// Reviews that say nothing of whether errors are caught are left out.
    static func reviewers(_ reviews: [KnownReview]) -> [ObservedAgent] {
        Dictionary(grouping: reviews, by: \.reviewerID).map { agent, reviews in
            ObservedAgent(id: agent, role: .reviewer, runs: reviews.compactMap(ObservedRun.init))
        }.sorted { $0.id < $1.id }
    }
}

extension ObservedRun {
    fileprivate init(_ run: FinishedRun) {
        self.init(
            task: run.taskID, category: run.category ?? .general, outcome: Self.outcome(of: run), cost: run.cost)
    }

    fileprivate init?(_ review: KnownReview) {
        let words = review.feedback
        guard let outcome = ReviewOutcome.of(score: review.score, truth: review.truth, words: words) else { return nil }
        self.init(task: review.taskID, category: review.category ?? .general, outcome: outcome, cost: review.cost)
    }

    private static func outcome(of run: FinishedRun) -> Outcome {
        if let code = run.errorCode {
            guard code.isPromptsConcern else { return .unknown }
            return .failed(RunFailure(code: code.rawValue, node: run.failedNode, words: run.errorMessage ?? ""))
        }
        switch run.passed {
        case true?: return .passed
        case nil: return .unknown
        case false?:
            let code = run.evaluatorKind == .check ? RunFailure.wrongAnswer : RunFailure.poorWork
            return .failed(RunFailure(code: code, node: run.failedNode, words: run.feedback ?? ""))
        }
    }
}

extension ErrorCode {
    /// Whether another prompt might have done better.
    fileprivate var isPromptsConcern: Bool {
        switch self {
        case .modelError, .toolError, .timeout, .costCapExceeded, .deadlineExceeded: true
        case .invalidMessage, .messageTooLarge, .unknownAgent, .noCapableAgent, .constraintUnsatisfiable, .cancelled,
            .modelUnavailable, .modelRateLimited, .internal:
            false
        }
    }
}
