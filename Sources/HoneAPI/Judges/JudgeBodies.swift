public import HoneCore
import HoneIntelligence
import HoneStore

/// One judging model.
public struct JudgeBody: Codable, Sendable {
    public var model: ModelID
    public var family: String
    public var scores: Int
    public var unknown: Int
    @OrNull public var unknownShare: Double?
    /// Works that it judged twice, and the standard deviation of its verdicts on one work.
    public var repeated: Int
    @OrNull public var noise: Double?
    public var againstHumans: AgreementBody
    public var againstChecks: AgreementBody

    enum CodingKeys: String, CodingKey {
        case model, family, scores, unknown, repeated, noise
        case unknownShare = "unknown_share"
        case againstHumans = "against_humans"
        case againstChecks = "against_checks"
    }

    init(_ judge: JudgeReport.Judge) {
        model = judge.model
        family = judge.family.description
        scores = judge.scores
        unknown = judge.unknown
        unknownShare = share(judge.unknown, of: judge.scores)
        repeated = judge.noise.works
        noise = judge.noise.deviation
        againstHumans = AgreementBody(judge.againstHumans)
        againstChecks = AgreementBody(judge.againstChecks)
    }
}

/// One reviewing agent.
public struct ReviewerBody: Codable, Sendable {
    public var agentID: AgentID
    public var reviews: Int
    public var unknown: Int
    @OrNull public var unknownShare: Double?
    /// What it gives, each review weighed by what it stands for.
    @OrNull public var meanScore: Double?
    /// ρ, of so many reviews whose truth is known.
    public var reliability: Double
    public var compared: Int
    public var againstHumans: AgreementBody
    public var againstChecks: AgreementBody

    enum CodingKeys: String, CodingKey {
        case reviews, unknown, reliability, compared
        case agentID = "agent_id"
        case unknownShare = "unknown_share"
        case meanScore = "mean_score"
        case againstHumans = "against_humans"
        case againstChecks = "against_checks"
    }

    init(_ reviewer: JudgeReport.Reviewer) {
        agentID = reviewer.record.reviewer
        reviews = reviewer.record.reviews
        unknown = reviewer.record.unknown
        unknownShare = share(reviewer.record.unknown, of: reviewer.record.reviews)
        meanScore = reviewer.record.mean
        reliability = reviewer.reliability.value
        compared = Int(reviewer.reliability.count)
        againstHumans = AgreementBody(reviewer.againstHumans)
        againstChecks = AgreementBody(reviewer.againstChecks)
    }
}

/// An agent's mean score, corrected by what people said.
public struct CorrectionBody: Codable, Sendable {
    public var agentID: AgentID
    public var judged: Int
    public var rated: Int
    /// As many ratings are needed for a correction.
    public var needed: Int
    public var judgeMean: Double
    /// By how much the judge scores higher than people.
    @OrNull public var judgeBias: Double?
    public var corrected: AgreementBody.Ranged
    /// Judged and checked work together.
    public var published: AgreementBody.Ranged
    /// How many standard errors the judge's mean of the rated tasks lies from that of the others; beyond ±2 they are
    /// hardly a random sample, and the correction may mislead.
    @OrNull public var sampleStrangeness: Double?

    enum CodingKeys: String, CodingKey {
        case judged, rated, needed, corrected, published
        case agentID = "agent_id"
        case judgeMean = "judge_mean"
        case judgeBias = "judge_bias"
        case sampleStrangeness = "sample_strangeness"
    }

    init(_ correction: Correction) {
        agentID = correction.agentID
        judged = correction.mean.judged
        rated = correction.mean.rated
        needed = PredictionPoweredMean.fewestRated
        judgeMean = correction.mean.judgeMean
        judgeBias = correction.mean.bias
        corrected = AgreementBody.Ranged(correction.mean.corrected)
        published = AgreementBody.Ranged(correction.published)
        sampleStrangeness = correction.mean.strangeness
    }
}

func share(_ part: Int, of all: Int) -> Double? { all > 0 ? Double(part) / Double(all) : nil }
