public import HoneCore

/// Takes the judge's bias out of a mean before it is ranked and published: from the estimate by the judge's scores, whose
/// and in which category it is (nil: in all), to the one that people would have come to, by the tasks that they rated,
/// too. What nobody rated comes back as it was.
public typealias JudgeCorrection =
    @Sendable (
        _ judged: QualityEstimate, _ agent: AgentID, _ category: Category?
    ) -> QualityEstimate
