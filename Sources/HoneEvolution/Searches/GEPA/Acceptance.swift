/// Decides whether a child may be a parent. Pure: the same figures always get the same answer.
protocol Acceptance: Sendable, Hashable, Codable {
    /// `chance` is how likely the child is better than its parent, whose mean score is `parent`. Nil: more cases are wanted.
    func verdict(chance: Double, parent: Double) -> Bool?
}

/// A gain that is likely enough. What follows a poor parent may be taken on a venture, since most edits help it and the next
/// round tells; what follows a good one must be proved, or false gains pile up.
struct LikelyGain: Acceptance {
    private static let ofPoor = 0.2
    private static let ofGood = 0.9
    private static let hopeless = 0.2

    func verdict(chance: Double, parent: Double) -> Bool? {
        let wanted = Self.ofPoor + (Self.ofGood - Self.ofPoor) * min(1, max(0, parent))
        return chance >= wanted ? true : chance <= Self.hopeless ? false : nil
    }
}
