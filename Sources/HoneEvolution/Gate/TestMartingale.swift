/// Evidence that paired differences have a mean above zero, which may be looked at after every pair.
///
/// A gambler bets the same share λ of the purse on every difference D in −1…1; the purse is Π(1 + λD). While the mean is
/// not above zero no purse grows on average, nor does the mean over several λ: so it reaches 1/α with a chance of at
/// most α, however often it is looked at (Ville 1939; Waudby-Smith and Ramdas, JRSS B 86(1), 2024).
public struct TestMartingale: Sendable, Hashable, Codable {
    static let shares = (1...9).map { Double($0) / 10 }

    private var purses = [Double](repeating: 1, count: shares.count)
    public private(set) var count = 0

    public init() {}

    /// The evidence so far: 1 says nothing, 20 would be a chance of at most 0.05 without a gain.
    public var evidence: Double { purses.reduce(0, +) / Double(purses.count) }

    /// Adds one pair's difference; beyond ±1 it is cut off.
    public mutating func add(_ difference: Double) { add(difference, atMost: 1) }

    /// A gain may be larger where the bet is on something else than the difference itself; a loss is a purse at most.
    mutating func add(_ difference: Double, atMost most: Double) {
        let difference = min(most, max(-1, difference))
        for (place, share) in Self.shares.enumerated() { purses[place] *= 1 + share * difference }
        count += 1
    }

    /// Whether the evidence suffices at a chance of error `alpha`.
    public func proves(at alpha: Double) -> Bool { evidence >= 1 / alpha }
}
