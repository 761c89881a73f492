import HoneCore

/// A world of prompts whose true quality is known, for measuring searches.
///
/// Every case needs one or two of ``skills`` rules. A rule is a sentence; a prompt has it when its system text holds the
/// sentence. Each rule that a case needs makes it likelier to be passed; each foolish rule, of which there are as many,
/// makes the cases of one skill less likely; and every sentence beyond ``roomForRules`` dilutes the others. Whether a prompt
/// passes a case is drawn once from a hash of both: the same prompt gives the same answer, as at temperature 0, and another
/// wording draws anew. So a small sample shows gains that are not there, as it does in life.
public struct Landscape: Sendable {
    public static let skills = 8
    static let roomForRules = 10
    private static let basis = 0.15
    private static let harm = 0.25
    private static let dilution = 0.02

    public let seed: UInt64

    public init(seed: UInt64) {
        self.seed = seed
    }

    /// The rule that helps with a skill.
    public static func rule(_ skill: Int) -> String { "Always apply rule \(skill) of the handbook." }

    /// The rule that sounds as good, and spoils the skill.
    public static func foolishRule(_ skill: Int) -> String { "Never forget custom \(skill) of the house." }

    /// The skills that a case needs: one, or two different ones.
    public func needs(of caseID: String) -> [Int] {
        var draws = generator(for: caseID)
        let first = Int.random(in: 0..<Self.skills, using: &draws)
        let second = Int.random(in: 0..<Self.skills, using: &draws)
        return draws.nextUnit() < 0.5 || first == second ? [first] : [first, second]
    }

    /// The chance that a prompt passes a case.
    public func chance(_ text: String, _ caseID: String) -> Double {
        let rules = Self.rules(in: text)
        let needs = needs(of: caseID)
        let met = needs.count { rules.good.contains($0) }
        let spoilt = needs.count { rules.foolish.contains($0) }
        let surplus = max(0, rules.good.count + rules.foolish.count - Self.roomForRules)
        let share = Double(met) / Double(needs.count)
        return min(1, max(0, Self.basis + 0.8 * share - Self.harm * Double(spoilt) - Self.dilution * Double(surplus)))
    }

    /// Whether it does.
    public func passes(_ text: String, _ caseID: String) -> Bool {
        var draws = generator(for: caseID + "\n" + text)
        return draws.nextUnit() < chance(text, caseID)
    }

    /// The chance to pass a case drawn at random: over `cases` of them.
    public func trueQuality(_ text: String, cases: Int = 1_000) -> Double {
        (0..<cases).map { chance(text, "unseen-\($0)") }.reduce(0, +) / Double(cases)
    }

    static func rules(in text: String) -> (good: Set<Int>, foolish: Set<Int>) {
        let all = Set(0..<skills)
        return (all.filter { text.contains(rule($0)) }, all.filter { text.contains(foolishRule($0)) })
    }

    private func generator(for text: String) -> SplitMix64 {
        var mixed = SplitMix64(seed: seed ^ text.stableHash)
        return SplitMix64(seed: mixed.next())
    }
}

extension String {
    /// FNV-1a (Fowler, Noll and Vo), 64 bits: the same in every process.
    var stableHash: UInt64 {
        utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
