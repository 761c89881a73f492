import Foundation
import HoneCore
import HoneIntelligence
import HoneMessages

/// Which work is shown to the judge for the judge's own sake: checked work, to measure its agreement with known answers,
/// and work that it has judged before, to measure its noise.
struct JudgeSampling {
    private let sampling: ReviewSampling

    init(rate: Double) {
        sampling = ReviewSampling(rate: rate)
    }

    /// By the task's id alone, so that a redelivery decides alike; independent of the sampling of reviews.
    func includes(_ task: TaskID, for purpose: JudgementRequested.Purpose) -> Bool {
        sampling.rate > 0 && sampling.decide(TaskID(derivedFrom: task, purpose.rawValue)).isReviewed
    }
}
