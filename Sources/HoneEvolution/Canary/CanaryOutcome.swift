public import HoneCore

/// What one task came to, as far as two prompts of an agent are compared by it.
public struct CanaryOutcome: Sendable, Hashable {
    /// The prompt in production, or the one that is to take its place.
    public enum Side: String, Sendable, Hashable, Codable {
        case old, new
    }

    /// Tasks of one kind are compared with each other only.
    public struct Stratum: Sendable, Hashable {
        public var category: Category
        public var complexity: Int?

        public init(category: Category, complexity: Int?) {
            self.category = category
            self.complexity = complexity
        }
    }

    public var side: Side
    public var stratum: Stratum
    /// In 0…1: 1 or 0 where the task was passed or not, else its overall score; 0 when it failed by the agent's doing. Nil
    /// while nobody can say.
    public var score: Double?
    /// In 0…1: what the user's stars make, 0 for one and 1 for five.
    public var rating: Double?
    /// Micro-dollars; nil without a known price.
    public var cost: Double?

    public init(side: Side, stratum: Stratum, score: Double?, rating: Double? = nil, cost: Double? = nil) {
        self.side = side
        self.stratum = stratum
        self.score = score
        self.rating = rating
        self.cost = cost
    }
}
