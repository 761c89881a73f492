import Foundation
public import HoneCore

/// Which tasks peers look at.
public enum ReviewDecision: Hashable, Sendable {
    /// `weight` is the inverse of the chance with which such a task is reviewed, so that weighted means stay unbiased.
    case review(weight: Double)
    case skip

    public var isReviewed: Bool { self != .skip }
}

/// Decides by the task's id alone, so that a redelivered message and every instance decide alike.
public struct ReviewSampling: Hashable, Sendable {
    /// The share of ordinary tasks that are reviewed, 0…1.
    public let rate: Double

    public init(rate: Double) {
        self.rate = rate.isNaN ? 1 : min(1, max(0, rate))
    }

    /// Whether a person's rating, one to five stars, says that the work is not what its score makes it.
    public static func isDispute(rating: Int) -> Bool { rating < 3 }

    /// A task that matters most is always reviewed: by an agent on probation, failed a check, disputed by feedback.
    public func decide(
        _ task: TaskID, isOnProbation: Bool = false, failedCheck: Bool = false, isDisputed: Bool = false
    ) -> ReviewDecision {
        if isOnProbation || failedCheck || isDisputed || rate == 1 { return .review(weight: 1) }
        return Self.position(of: task) < rate ? .review(weight: 1 / rate) : .skip
    }

    /// Uniform in 0..<1.
    private static func position(of task: TaskID) -> Double {
        var generator = SplitMix64(seed: task.uuid.folded)
        return generator.nextUnit()
    }
}
