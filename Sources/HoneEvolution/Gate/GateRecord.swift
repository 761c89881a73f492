/// What a gate was opened with: with the results of its trials it can be run again, by anybody, to the same end.
public struct GateRecord: Sendable, Hashable, Codable {
    /// Cases it could draw from, controls or not, in any order.
    public var holdout: [String]
    public var controls: [String]
    public var alpha: Double
    /// The seed's bits; a signed number, since JSON and SQL have no others.
    public var seed: Int64
    public var rules: GateRules

    public init(holdout: [String], controls: [String], alpha: Double, seed: Int64, rules: GateRules = GateRules()) {
        self.holdout = holdout.sorted()
        self.controls = controls.sorted()
        self.alpha = alpha
        self.seed = seed
        self.rules = rules
    }

    /// The gate before its first trial.
    public var gate: Gate {
        Gate(holdout: holdout, controls: controls, alpha: alpha, seed: UInt64(bitPattern: seed), rules: rules)
    }

    /// The gate after these trials, and which of them it never asked for. Where it asks for one that is not among them it is
    /// stopped, as by a run that ended early.
    public func replayed(_ outcomes: [GateOutcome]) -> (gate: Gate, unasked: Set<GateTrial>) {
        let known = Dictionary(outcomes.map { ($0.trial, $0) }) { first, _ in first }
        var (gate, asked) = (gate, Set<GateTrial>())
        while case let due = gate.ask(), !due.isEmpty {
            asked.formUnion(due)
            let told = due.compactMap { known[$0] }
            for outcome in told { gate.tell(outcome.trial, outcome.result) }
            if told.isEmpty { gate.stop() }
        }
        return (gate, Set(known.keys).subtracting(asked))
    }
}

/// What became of one trial of a gate.
public struct GateOutcome: Sendable, Hashable, Codable {
    public var trial: GateTrial
    /// Nil when it broke down.
    public var result: TrialResult?

    public init(_ trial: GateTrial, _ result: TrialResult?) {
        self.trial = trial
        self.result = result
    }
}
