import HoneCore

/// What a task costs its agent, in whole points.
struct PenaltyTerms {
    static let failure = 30
    /// One point per whole cent above 50 cents.
    static let freeCost = MicroUSD(500_000)
    static let cent: Int64 = 10_000
    /// One point per whole ten seconds above two minutes.
    static let freeMilliseconds: Int64 = 120_000
    static let tenSeconds: Int64 = 10_000
    /// Neither cost nor time takes more than this.
    static let cap: Int64 = 50
    static let perMissingStar = 15

    let points: Int

    init(_ evidence: RewardEvidence) {
        var points = evidence.fault == nil ? 0 : Self.failure
        points += Self.excess((evidence.cost ?? .zero).rawValue - Self.freeCost.rawValue, per: Self.cent)
        points += Self.excess(evidence.durationMilliseconds - Self.freeMilliseconds, per: Self.tenSeconds)
        if let rating = evidence.rating { points += Self.perMissingStar * max(0, 3 - max(1, rating)) }
        self.points = points
    }

    private static func excess(_ amount: Int64, per unit: Int64) -> Int {
        amount > 0 ? Int(min(cap, amount / unit)) : 0
    }
}
