import HoneCore

/// The reflection model of a ``Landscape``: it looks at what failed and edits the prompt, sometimes wisely.
///
/// Of its edits four in ten add the rule that a failed case needs; the others add a foolish rule, drop a rule, or say the
/// same in other words. Whoever searches gets the same edits for the same question.
public struct LandscapeReflection: Sendable {
    static let shareOfSense = 0.4

    public let landscape: Landscape

    public init(_ landscape: Landscape) {
        self.landscape = landscape
    }

    /// `failed` are the cases that the prompt did not pass; `turn` tells questions apart that are alike.
    public func edit(_ text: String, failed: [String], turn: Int) -> String {
        var draws = SplitMix64(seed: landscape.seed ^ (text + failed.joined(separator: " ") + "#\(turn)").stableHash)
        if draws.nextUnit() < Self.shareOfSense, let skill = missing(text, failed, &draws) {
            return text + "\n" + Landscape.rule(skill)
        }
        let skill = Int.random(in: 0..<Landscape.skills, using: &draws)
        return switch Int.random(in: 0..<3, using: &draws) {
        case 0: text + "\n" + Landscape.foolishRule(skill)
        case 1: without(Landscape.rule(skill), text)
        default: reworded(text, &draws)
        }
    }

    private func missing(_ text: String, _ failed: [String], _ draws: inout SplitMix64) -> Int? {
        let known = Landscape.rules(in: text).good
        let open = Set(failed.flatMap { landscape.needs(of: $0) }).subtracting(known).sorted()
        return open.randomElement(using: &draws)
    }

    private func without(_ rule: String, _ text: String) -> String {
        text.split(separator: "\n").filter { $0 != rule }.joined(separator: "\n")
    }

    private func reworded(_ text: String, _ draws: inout SplitMix64) -> String {
        text + "\nTake care (\(Int.random(in: 100...999, using: &draws)))."
    }
}
