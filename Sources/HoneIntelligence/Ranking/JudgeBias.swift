public import HoneCore

/// Where the judge's own bias is taken out of published means.
public struct JudgeBias: Sendable {
    /// What people said of tasks that were judged, too: their rating less the judge's score, both in 0…1.
    public typealias Rated = QualitySample

    /// From the mean of the judge's scores and the rated sample of the same agent to the corrected mean.
    public typealias Correction = @Sendable (_ judged: QualityEstimate, _ rated: Rated) -> QualityEstimate

    private let rated: [AgentID: [Category: Rated]]
    private let correction: Correction

    /// Means stay as they are.
    public static let unknown = JudgeBias(rated: [:]) { judged, _ in judged }

    public init(rated: [AgentID: [Category: Rated]], correction: @escaping Correction) {
        self.rated = rated
        self.correction = correction
    }

    /// The estimate as it is published; without rated tasks, as it came. A nil category is all of them.
    func corrected(_ judged: QualityEstimate, of agent: AgentID, in category: Category?) -> QualityEstimate {
        let samples = rated[agent] ?? [:]
        let sample =
            category.map { samples[$0] ?? Rated() }
            ?? samples.sorted { $0.key < $1.key }
            .reduce(Rated()) { $0 + $1.value }
        return sample.count > 0 ? correction(judged, sample) : judged
    }
}
