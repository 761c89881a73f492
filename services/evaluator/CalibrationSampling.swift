import Foundation
import HoneCore
import HoneIntelligence

/// Which checked tasks the judge sees as well, so that its agreement with known answers is measured.
struct CalibrationSampling {
    private let sampling: ReviewSampling

    init(rate: Double) {
        sampling = ReviewSampling(rate: rate)
    }

    /// By the task's id alone, so that a redelivery decides alike; independent of the sampling of reviews.
    func includes(_ task: TaskID) -> Bool {
        sampling.rate > 0 && sampling.decide(TaskID(derivedFrom: task, "calibration")).isReviewed
    }
}
