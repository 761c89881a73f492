/// Whether a suite can carry an optimization, by what may be known of it without opening its seal.
public struct BenchmarkFitness: Sendable, Hashable {
    /// With fewer pairs even a prompt that wins them all is not proved better by a run's first gate.
    public static let fewestPairs = 8
    /// With fewer pairs a gain of twenty points is rarely proved.
    public static let usefulPairs = 50

    public let train: Int
    public let validation: Int
    /// Without controls.
    public let pairs: Int
    /// In the holdout.
    public let controls: Int

    public init(train: Int, validation: Int, holdout: Int, controls: Int) {
        self.train = train
        self.validation = validation
        pairs = holdout - controls
        self.controls = controls
    }

    /// Why nothing can come of it; nil when something can.
    public var refusal: String? {
        if train < 1 { return "it has no train cases to make prompts from" }
        if validation < 1 { return "it has no validation cases to choose by" }
        guard pairs < Self.fewestPairs else { return nil }
        return "its holdout has \(pairs) cases besides \(controls) controls; no gate can decide with fewer than "
            + "\(Self.fewestPairs)"
    }

    /// What to know before relying on it.
    public var warnings: [String] {
        if let refusal { return ["no optimization can use it: \(refusal)"] }
        var warnings: [String] = []
        if pairs < Self.usefulPairs {
            warnings.append(
                "its holdout has \(pairs) cases besides controls: below \(Self.usefulPairs) gates are rarely decided")
        }
        if controls < GateResult.fewestControls {
            warnings.append(
                "its holdout marks \(controls) cases as control: at least \(GateResult.fewestControls) should stay solved"
            )
        }
        return warnings
    }
}
