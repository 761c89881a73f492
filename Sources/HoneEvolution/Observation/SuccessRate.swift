/// A share of runs that passed, with its 95 % interval (Wilson, JASA 22, 1927), which holds for few runs too.
public struct SuccessRate: Sendable, Hashable {
    private static let z = 1.959_963_984_540_054

    public let passed: Int
    public let runs: Int

    public init(passed: Int, of runs: Int) {
        precondition(0...max(0, runs) ~= passed, "no more runs pass than there are")
        self.passed = passed
        self.runs = runs
    }

    /// Nil without runs.
    public var value: Double? { runs > 0 ? Double(passed) / Double(runs) : nil }

    public var low: Double { runs > 0 ? max(0, center - halfWidth) : 0 }
    public var high: Double { runs > 0 ? min(1, center + halfWidth) : 1 }

    private var share: Double { Double(passed) / Double(runs) }
    private var scale: Double { 1 + Self.z * Self.z / Double(runs) }
    private var center: Double { (share + Self.z * Self.z / (2 * Double(runs))) / scale }
    private var halfWidth: Double {
        let count = Double(runs)
        let variance = share * (1 - share) / count + Self.z * Self.z / (4 * count * count)
        return Self.z * variance.squareRoot() / scale
    }
}
