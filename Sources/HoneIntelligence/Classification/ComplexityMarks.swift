import HoneCore

/// What tells a task's complexity, each on a scale from 0 to 4.
struct ComplexityMarks: Hashable {
    var length: Int
    var steps: Int
    var demands: Int

    init(length: Int, steps: Int, demands: Int) {
        self.length = length
        self.steps = steps
        self.demands = demands
    }

    init(_ text: TaskText, _ constraints: TaskConstraints) {
        let limits = [constraints.maxCost != nil, constraints.maxDuration != nil, constraints.maxTokens != nil]
        length = Self.level(text.words.count, [25, 80, 160, 300])
        steps = Self.level(text.steps, [1, 3, 5, 9])
        demands = Self.level(text.demands + limits.count { $0 }, [1, 2, 4, 7])
    }

    /// How many of the limits are passed.
    private static func level(_ amount: Int, _ limits: [Int]) -> Int { limits.count { amount > $0 } }

    var tokens: [UInt64] { [UInt64(length), UInt64(10 + steps), UInt64(20 + demands)] }

    /// 1 for what is short and plain, 5 for what is long, in many steps and with many demands.
    private var ruled: Int { 1 + min(4, (2 * max(length, steps) + length + steps + demands + 1) / 4) }

    /// Before publishers have said how complex their tasks are, a rule says it of every combination; no complexity is
    /// likelier than another then.
    static let rule: [(label: Int, tokens: [UInt64], weight: Double)] = {
        let combinations = (0..<125).map { ComplexityMarks(length: $0 / 25, steps: $0 / 5 % 5, demands: $0 % 5) }
        let counts = combinations.reduce(into: [Int: Double]()) { $0[$1.ruled, default: 0] += 1 }
        return combinations.map { ($0.ruled, $0.tokens, 25 / (counts[$0.ruled] ?? 1)) }
    }()
}
