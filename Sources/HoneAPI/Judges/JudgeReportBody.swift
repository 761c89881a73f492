public import Foundation
import HoneIntelligence
public import HoneStore

/// How far judges and reviewers can be trusted.
public struct JudgeReportBody: Codable, Sendable {
    /// Tasks that were scored, and those of them whose quality nobody could tell.
    public struct ScoresBody: Codable, Sendable {
        public var total: Int
        public var unknown: Int
        @OrNull public var unknownShare: Double?

        enum CodingKeys: String, CodingKey {
            case total, unknown
            case unknownShare = "unknown_share"
        }
    }

    public var from: Date
    public var to: Date
    public var scores: ScoresBody
    public var judges: [JudgeBody]
    public var reviewers: [ReviewerBody]
    public var corrections: [CorrectionBody]
    public var collusion: [CollusionBody]
    public var selfPreference: [SelfPreferenceBody]

    enum CodingKeys: String, CodingKey {
        case from, to, scores, judges, reviewers, corrections, collusion
        case selfPreference = "self_preference"
    }

    public init(_ report: JudgeReport) {
        from = report.period.lowerBound
        to = report.period.upperBound
        scores = ScoresBody(
            total: report.scores, unknown: report.unknown, unknownShare: share(report.unknown, of: report.scores))
        judges = report.judges.map(JudgeBody.init)
        reviewers = report.reviewers.map(ReviewerBody.init)
        corrections = report.corrections.map(CorrectionBody.init)
        collusion = report.collusion.map(CollusionBody.init)
        selfPreference = report.selfPreference.map(SelfPreferenceBody.init)
    }
}
