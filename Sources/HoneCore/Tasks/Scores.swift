/// The scores of one task, each in 0…1; an absent one is *unknown*, which is never counted as 0.
public struct Scores: Hashable, Sendable, Codable {
    public var accuracy: Double?
    public var relevance: Double?
    public var completeness: Double?
    public var efficiency: Double?
    /// The weighted mean of those that exist.
    public var overall: Double?

    public init(
        accuracy: Double? = nil, relevance: Double? = nil, completeness: Double? = nil, efficiency: Double? = nil,
        overall: Double? = nil
    ) {
        self.accuracy = accuracy
        self.relevance = relevance
        self.completeness = completeness
        self.efficiency = efficiency
        self.overall = overall
    }
}

/// How much each score weighs; normalised when applied, so they need not add up to 1.
public struct ScoreWeights: Hashable, Sendable, Codable {
    public var accuracy: Double
    public var relevance: Double
    public var completeness: Double
    public var efficiency: Double

    public init(accuracy: Double, relevance: Double, completeness: Double, efficiency: Double) {
        self.accuracy = accuracy
        self.relevance = relevance
        self.completeness = completeness
        self.efficiency = efficiency
    }

    public static let standard = ScoreWeights(accuracy: 0.40, relevance: 0.25, completeness: 0.25, efficiency: 0.10)
}
