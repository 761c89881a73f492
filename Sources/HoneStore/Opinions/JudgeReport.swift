public import Foundation
public import HoneCore
public import HoneIntelligence

/// How far those can be trusted who say how good work is.
public struct JudgeReport: Sendable {
    /// One judging model.
    public struct Judge: Sendable {
        public var model: ModelID
        public var family: ModelFamily
        public var scores: Int
        public var unknown: Int
        public var noise: JudgeNoise
        public var againstHumans: Agreement
        public var againstChecks: Agreement
    }

    /// One reviewing agent.
    public struct Reviewer: Sendable {
        public var record: Opinions.ReviewerRecord
        /// Over all time.
        public var reliability: ReviewerReliability
        public var againstHumans: Agreement
        public var againstChecks: Agreement
    }

    public var period: ClosedRange<Date>
    /// Tasks that were scored, and those of them whose quality nobody could tell.
    public var scores: Int
    public var unknown: Int
    public var judges: [Judge]
    public var reviewers: [Reviewer]
    /// Per agent, categories together.
    public var corrections: [Correction]
    public var collusion: [Collusion]
    public var selfPreference: [SelfPreference]
}

extension Store {
    /// Reads it all anew; the tables are looked at one after the other, on one state of them.
    public func judgeReport(_ period: ClosedRange<Date>) async throws -> JudgeReport {
        try await snapshot { store in
            let opinions = store.opinions
            let material = JudgeMaterial(
                groups: try await opinions.groups(period), rated: try await opinions.rated(period),
                calibrations: try await opinions.calibrations(period),
                repetitions: try await opinions.repetitions(period), reviewers: try await opinions.reviewers(period),
                ratedReviews: try await opinions.ratedReviews(period), opinions: try await opinions.all(period),
                reliability: try await store.reviews.reliability(), models: try await store.models.all())
            return material.report(on: period)
        }
    }
}

/// What a report is made of.
struct JudgeMaterial {
    var groups: [Opinions.ScoreGroup]
    var rated: [Opinions.RatedWork]
    var calibrations: [Opinions.Calibration]
    var repetitions: [Opinions.Repetition]
    var reviewers: [Opinions.ReviewerRecord]
    var ratedReviews: [Opinions.RatedReview]
    var opinions: [Opinion]
    var reliability: [AgentID: ReviewerReliability]
    var models: [ApprovedModel]

    func report(on period: ClosedRange<Date>) -> JudgeReport {
        JudgeReport(
            period: period, scores: groups.reduce(0) { $0 + $1.scores }, unknown: groups.reduce(0) { $0 + $1.unknown },
            judges: judges, reviewers: reviewers.map(reviewer),
            corrections: Opinions.corrections(groups, rated: rated).filter { $0.category == nil },
            collusion: Collusion.pairs(in: opinions),
            selfPreference: SelfPreference.models(in: opinions, family: family))
    }

    private func family(_ id: ModelID) -> ModelFamily {
        ModelFamily(ofModel: models.first { $0.id == id }?.model ?? id.rawValue)
    }

    private var judges: [JudgeReport.Judge] {
        let scored = groups.filter { $0.kind == .judge }.compactMap(\.model)
        return Set(scored + calibrations.map(\.model) + rated.compactMap(\.judge)).sorted().map { model in
            let own = groups.filter { $0.kind == .judge && $0.model == model }
            return JudgeReport.Judge(
                model: model, family: family(model), scores: own.reduce(0) { $0 + $1.scores },
                unknown: own.reduce(0) { $0 + $1.unknown },
                noise: JudgeNoise(repetitions.filter { $0.model == model }.map(\.qualities)),
                againstHumans: Agreement(
                    rated.filter { $0.judge == model }.compactMap { work in
                        work.judgedQuality.map { .init(score: $0, rating: work.rating) }
                    }),
                againstChecks: Agreement(
                    calibrations.filter { $0.model == model }.map {
                        .init(score: $0.accuracy, truth: $0.truth, isRight: $0.passed)
                    }))
        }
    }

    private func reviewer(_ record: Opinions.ReviewerRecord) -> JudgeReport.Reviewer {
        JudgeReport.Reviewer(
            record: record, reliability: reliability[record.reviewer] ?? ReviewerReliability(),
            againstHumans: Agreement(
                ratedReviews.filter { $0.reviewer == record.reviewer }.map { .init(score: $0.score, rating: $0.rating) }
            ),
            againstChecks: Agreement(checkedReviews[record.reviewer] ?? []))
    }

    private var checkedReviews: [AgentID: [Agreement.Pair]] {
        let checks = Dictionary(opinions.filter { $0.rater == .check }.map { ($0.task, $0.score) }) { first, _ in first
        }
        var pairs: [AgentID: [Agreement.Pair]] = [:]
        for opinion in opinions {
            guard case .reviewer(let reviewer) = opinion.rater, let truth = checks[opinion.task] else { continue }
            pairs[reviewer, default: []].append(.init(score: opinion.score, truth: truth))
        }
        return pairs
    }
}
