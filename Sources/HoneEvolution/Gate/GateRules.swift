/// What a gate asks of a prompt.
public struct GateRules: Sendable, Hashable, Codable {
    /// How many pairs run between two looks.
    public var step = 25
    /// After so many pairs the gate ends undecided.
    public var mostPairs = 200
    /// How much more the child may cost, as a share of the parent's cost.
    public var costTolerance = 0.1
    /// How much longer the child may take, as a share of the parent's time.
    public var timeTolerance = 0.1
    /// How sure the bounds on cost and time are.
    public var boundLevel = 0.95

    public init() {}

    private enum CodingKeys: String, CodingKey {
        case step
        case mostPairs = "most_pairs"
        case costTolerance = "cost_tolerance"
        case timeTolerance = "time_tolerance"
        case boundLevel = "bound_level"
    }
}
