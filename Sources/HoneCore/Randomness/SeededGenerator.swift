/// xoshiro256** (Blackman and Vigna, 2018), seeded through SplitMix64: the same seed gives the same numbers everywhere.
/// Not for secrets. A stored generator goes on where it was.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Hashable, Codable {
    private var first: UInt64
    private var second: UInt64
    private var third: UInt64
    private var fourth: UInt64

    public init(seed: UInt64) {
        var mixer = SplitMix64(seed: seed)
        self.init(state: (mixer.next(), mixer.next(), mixer.next(), mixer.next()))
    }

    init(state: (UInt64, UInt64, UInt64, UInt64)) {
        (first, second, third, fourth) = state
    }

    /// A seed as it is stored: the same 64 bits.
    public init(seed: Int64) {
        self.init(seed: UInt64(bitPattern: seed))
    }

    public mutating func next() -> UInt64 {
        let result = Self.rotate(second &* 5, by: 7) &* 9
        let shifted = second << 17
        third ^= first
        fourth ^= second
        second ^= third
        first ^= fourth
        third ^= shifted
        fourth = Self.rotate(fourth, by: 45)
        return result
    }

    private static func rotate(_ word: UInt64, by bits: UInt64) -> UInt64 {
        word << bits | word >> (64 - bits)
    }
}
