import Foundation

/// What a review is held against: the check where there is one, else the human's rating, else the judge.
public enum ReviewTruth {
    public static func best(check: CheckResult?, rating: Int?, judge: Double?) -> Double? {
        check?.accuracy ?? rating.map(unit) ?? judge
    }

    /// One to five stars on 0…1; one star is 0.
    public static func unit(ofRating rating: Int) -> Double {
        Double(min(5, max(1, rating)) - 1) / 4
    }
}

/// How far a reviewer can be trusted: 1 minus its mean deviation from the truth, drawn towards 0.7 while little is
/// known.
///
/// Adds up in any order, exactly.
public struct ReviewerReliability: Hashable, Sendable {
    public static let prior = 0.7
    public static let priorWeight = 10.0

    public private(set) var count: Int64
    /// The sum of |score − truth|.
    public private(set) var deviation: Millionths

    public init(count: Int64 = 0, deviation: Millionths = .zero) {
        self.count = count
        self.deviation = deviation
    }

    /// One review.
    public init(score: Double, truth: Double) {
        self.init(count: 1, deviation: Millionths(abs(score - truth)))
    }

    public static func + (left: ReviewerReliability, right: ReviewerReliability) -> ReviewerReliability {
        ReviewerReliability(count: left.count + right.count, deviation: left.deviation + right.deviation)
    }

    /// Takes reviews back whose truth has changed.
    public static func - (left: ReviewerReliability, right: ReviewerReliability) -> ReviewerReliability {
        ReviewerReliability(count: left.count - right.count, deviation: left.deviation - right.deviation)
    }

    /// ρ, 0…1.
    public var value: Double {
        let agreement = Double(count) - deviation.value
        return min(1, max(0, (agreement + Self.priorWeight * Self.prior) / (Double(count) + Self.priorWeight)))
    }
}

/// The mean of reviews weighed by their reviewers' reliability; nil without reviews.
public func peerMean(_ reviews: [(score: Double, reliability: Double)]) -> Double? {
    guard !reviews.isEmpty else { return nil }
    let trust = reviews.reduce(0) { $0 + $1.reliability }
    guard trust > 0 else { return reviews.reduce(0) { $0 + $1.score } / Double(reviews.count) }
    return reviews.reduce(0) { $0 + $1.score * $1.reliability } / trust
}
