import HoneCore

/// What a completed task earns, term by term, in millionths of a point: whole numbers, so that no rounding error can
/// cost a point.
struct RewardTerms {
    static let completion: Int64 = 10
    static let quality: Int64 = 50
    static let speed: Int64 = 20
    static let costEfficiency: Int64 = 30
    static let satisfaction: Int64 = 40
    static let peers: Int64 = 25

    private let total: Millionths

    init(_ evidence: RewardEvidence, _ reference: RewardReference) {
        var total = Self.completion * Millionths.one.rawValue
        total += Self.quality * Self.clamped(evidence.overall)
        total += Self.speed * Self.ratio(reference.durationMilliseconds, to: evidence.durationMilliseconds)
        if let cost = evidence.cost {
            total += Self.costEfficiency * Self.ratio(reference.cost.rawValue, to: cost.rawValue)
        }
        if let rating = evidence.rating {
            total += Self.satisfaction / 4 * Int64(min(5, max(1, rating)) - 1) * Millionths.one.rawValue
        }
        total += Self.peers * Self.clamped(evidence.peerMean)
        self.total = Millionths(rawValue: total)
    }

    /// Whole points, rounded down.
    var points: Int { Int(total.rawValue / Millionths.one.rawValue) }

    static func attainable(with evidence: RewardEvidence) -> Int {
        var total = completion + speed
        // Of a task that failed, the quality is known well enough.
        if evidence.overall != nil || evidence.fault != nil { total += quality }
        if evidence.cost != nil { total += costEfficiency }
        if evidence.rating != nil { total += satisfaction }
        if evidence.peerMean != nil { total += peers }
        return Int(total)
    }

    private static func clamped(_ score: Double?) -> Int64 {
        min(Millionths.one, max(.zero, Millionths(score ?? 0))).rawValue
    }

    /// min(1, reference / amount); 1 when the amount is nothing.
    private static func ratio(_ reference: Int64, to amount: Int64) -> Int64 {
        guard amount > 0, amount > reference else { return Millionths.one.rawValue }
        let (product, overflows) = max(0, reference).multipliedReportingOverflow(by: Millionths.one.rawValue)
        return overflows ? Millionths(Double(reference) / Double(amount)).rawValue : product / amount
    }
}
