/// Decides whether a child may be a parent. Pure: the same figures always get the same answer.
protocol Acceptance: Sendable, Hashable, Codable {
    /// `chance` is how likely the child is better by so much than its parent, whose mean score is `parent`. Nil: more cases
    /// are wanted.
    func verdict(parent: Double, chance: (_ gain: Double) -> Double) -> Bool?
}

/// A gain that is likely enough. What follows a poor parent may be taken on a venture, since most edits help it and the next
/// round tells; what follows a good one must be proved, or false gains pile up. A child that hardly gains what is worth
/// finding, a share of what its parent lacks, is let go: to prove that it is no better would cost more than the next child.
struct LikelyGain: Acceptance {
    private static let ofPoor = 0.2
    private static let ofGood = 0.9
    private static let hopeless = 0.2
    private static let worthwhile = 0.2

    func verdict(parent: Double, chance: (_ gain: Double) -> Double) -> Bool? {
        let lack = 1 - min(1, max(0, parent))
        if chance(0) >= Self.ofGood - (Self.ofGood - Self.ofPoor) * lack { return true }
        return chance(Self.worthwhile * lack) <= Self.hopeless ? false : nil
    }
}
