import HoneEvolution

extension GateResult {
    /// For the person who approves, in lines as wide as a terminal.
    var text: String {
        let head = [
            "verdict       \(verdict.rawValue): \(reason)",
            "pairs         \(pairs): it passes \(Self.share(childPassRate)), its parent \(Self.share(parentPassRate))",
            "gain          \(Self.points(gain)) points"
                + (gainInterval.map { " (\(Self.points($0.first))…\(Self.points($0.last)))" } ?? ""),
            "evidence      \(Format.decimals(evidence, 1)); \(Format.decimals(threshold, 1)) promotes "
                + "(gate \(ordinal) of its run, α \(Format.decimals(alpha, 4)))",
            "cost          \(Self.ratio(cost)) of its parent's", "time          \(Self.ratio(time)) of its parent's",
            "controls      \(controls), \(brokenControls.count) broken\(Self.names(brokenControls))",
            "won           \(wins.count)\(Self.names(wins))", "lost          \(losses.count)\(Self.names(losses))",
            "holdout       has served \(looks) gates\(worn ? ", and is worn" : "")",
        ]
        return (head + warnings.map { "note          \($0)" }).joined(separator: "\n")
    }

    private static func share(_ value: Double?) -> String { Format.decimals(value.map { 100 * $0 }, 1) + " %" }
    private static func points(_ value: Double?) -> String { Format.decimals(value.map { 100 * $0 }, 1) }

    private static func ratio(_ ratio: Ratio?) -> String {
        guard let ratio else { return Format.nothing }
        return "\(Format.decimals(ratio.ratio, 2)) (\(Format.decimals(ratio.low, 2))…\(Format.decimals(ratio.high, 2)))"
    }

    private static func names(_ cases: [String]) -> String {
        cases.isEmpty ? "" : ": " + cases.joined(separator: ", ")
    }
}
