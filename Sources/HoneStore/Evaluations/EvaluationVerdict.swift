import HoneCore
import HoneIntelligence

/// What an evaluation came to.
public struct EvaluationVerdict: Sendable, Codable, Hashable {
    public var status: EvaluationStatus
    /// Of the cases about which something could be said; nil without any.
    public var passRate: Double?
    /// Of the cases that have a score; nil without any.
    public var meanScore: Double?
    /// Why it is not completed.
    public var reason: String?

    enum CodingKeys: String, CodingKey {
        case status, reason
        case passRate = "pass_rate"
        case meanScore = "mean_score"
    }
}

extension EvaluationVerdict {
    /// Of cases that are all over. A case that failed through the agent's doing was not passed; one that nobody could
    /// work on, or nobody can judge, says nothing of the agent.
    public init(_ results: [CaseResult]) {
        let said = results.compactMap(\.verdict)
        passRate = said.isEmpty ? nil : Double(said.count { $0 }) / Double(said.count)
        let scores = results.compactMap(\.score)
        meanScore = scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
        if !results.isEmpty, results.allSatisfy({ $0.status == .cancelled }) {
            status = .cancelled
            reason = "every case was cancelled"
        } else if !results.contains(where: { $0.status == .completed }) {
            status = .failed
            let codes = Set(results.compactMap(\.errorCode?.rawValue)).sorted().joined(separator: ", ")
            reason = "no case was completed" + (codes.isEmpty ? "" : ": \(codes)")
        } else {
            status = .completed
        }
    }
}

extension CaseResult {
    /// Whether the agent did it; nil while that is not known.
    public var verdict: Bool? {
        if let passed { return passed }
        guard status == .failed || status == .expired, let errorCode, errorCode.isAgentFailure else { return nil }
        return false
    }
}
