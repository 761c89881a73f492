/// When a prompt on trial is taken back.
public struct CanaryRules: Sendable, Hashable, Codable {
    /// The chance that a prompt which is no worse is taken back by its scores, by people's ratings, by its cost: 0.05 in
    /// all, most of it where most is to be seen.
    public var scoreAlpha = 0.03
    public var ratingAlpha = 0.01
    public var costAlpha = 0.01
    /// How much more it may cost, as a share of the old one's cost.
    public var costTolerance = 0.1
    /// With this much evidence of harm it is not put into production by itself; it is neither proved bad.
    public var doubt = 3.0
    /// After so many tasks nothing more is learned.
    public var mostTasks = 20_000

    public init() {}
}
