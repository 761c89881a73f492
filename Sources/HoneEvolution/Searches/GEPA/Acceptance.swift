/// Decides whether a child is worth its validation. Pure: the same scores always get the same answer.
protocol Acceptance: Sendable, Hashable, Codable {
    /// The scores of parent and child on the same cases.
    func accepts(_ pairs: [(parent: Double, child: Double)]) -> Bool
}

/// The child's sum must be higher.
struct StrictGain: Acceptance {
    func accepts(_ pairs: [(parent: Double, child: Double)]) -> Bool {
        pairs.map { $0.child - $0.parent }.reduce(0, +) > 0
    }
}
