public import HoneEvolution

/// How often gates err, and how often they see a gain, in worlds whose truth is known.
public struct GateSimulationBody: Codable, Sendable {
    /// Pairs of trials until a better prompt was promoted.
    public struct Pairs: Codable, Sendable {
        @OrNull public var median: Int?
        @OrNull public var p90: Int?
        public var most: Int
    }

    public var runs: Int
    public var seed: UInt64
    public var falsePromotionRate: Double
    /// 95 %, Wilson's.
    public var falsePromotionInterval: [Double]
    public var power: Double
    public var powerInterval: [Double]
    public var gain: Double
    public var alpha: Double
    public var gatesPerRun: Int
    public var pairsToDecision: Pairs

    enum CodingKeys: String, CodingKey {
        case runs, seed, power, gain, alpha
        case falsePromotionRate = "false_promotion_rate"
        case falsePromotionInterval = "false_promotion_interval"
        case powerInterval = "power_interval"
        case gatesPerRun = "gates_per_run"
        case pairsToDecision = "pairs_to_decision"
    }

    public init(_ figures: GateSimulation.Figures) {
        runs = figures.runs
        seed = figures.seed
        falsePromotionRate = figures.falsePromotionRate
        falsePromotionInterval = [figures.falsePromotionInterval.low, figures.falsePromotionInterval.high]
        power = figures.power
        powerInterval = [figures.powerInterval.low, figures.powerInterval.high]
        gain = figures.gain
        alpha = ErrorBudget().total
        gatesPerRun = GateSimulation.gatesPerRun
        pairsToDecision = Pairs(
            median: figures.medianPairs, p90: figures.ninetiethPairs, most: GateRules().mostPairs)
    }
}
