import Foundation
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneStore

/// Which work is shown to the judge for the judge's own sake: checked work, to measure its agreement with known answers,
/// and work that it has judged before, to measure its noise. Trials of experiments are left out: what is said of them counts
/// nowhere, and their budget would pay for it.
struct JudgeSampling {
    private let sampling: ReviewSampling

    init(rate: Double) {
        sampling = ReviewSampling(rate: rate)
    }

    /// By the task's id alone, so that a redelivery decides alike; independent of the sampling of reviews.
    func includes(_ work: FinishedWork, for purpose: JudgementRequested.Purpose) -> Bool {
        guard sampling.rate > 0, work.experimentID == nil else { return false }
        return sampling.decide(TaskID(derivedFrom: work.taskID, purpose.rawValue)).isReviewed
    }
}
