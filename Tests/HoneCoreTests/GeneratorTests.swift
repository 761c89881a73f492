import Testing

@testable import HoneCore

@Suite("random numbers")
struct GeneratorTests {
    @Test("SplitMix64 gives its reference numbers")
    func splitMix() {
        var generator = SplitMix64(seed: 1_234_567)
        #expect([generator.next(), generator.next()] == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973])
    }

    @Test("xoshiro256** gives its reference numbers")
    func xoshiro() {
        var generator = SeededGenerator(state: (1, 2, 3, 4))
        let numbers = (0..<4).map { _ in generator.next() }
        #expect(numbers == [11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240])
    }

    @Test("the same seed gives the same numbers, another seed others")
    func seeds() {
        var (a, b, c) = (
            SeededGenerator(seed: Int64(-7)), SeededGenerator(seed: Int64(-7)), SeededGenerator(seed: Int64(8))
        )
        let first = a.nextNormal()
        #expect(first == b.nextNormal())
        #expect(first != c.nextNormal())
    }

    @Test("normal draws have mean 0, variance 1 and normal tails; unit draws stay below 1")
    func normal() {
        var generator = SeededGenerator(seed: UInt64(1))
        let draws = (0..<200_000).map { _ in generator.nextNormal() }
        let mean = draws.reduce(0, +) / 200_000
        let variance = draws.reduce(0) { $0 + $1 * $1 } / 200_000 - mean * mean
        #expect(abs(mean) < 0.01)
        #expect(abs(variance - 1) < 0.02)
        #expect(abs(Double(draws.count { $0 > 1.96 }) / 200_000 - 0.025) < 0.002)
        #expect((0..<10_000).allSatisfy { _ in (0..<1).contains(generator.nextUnit()) })
        #expect(generator.nextNormal(mean: 3, deviation: 0) == 3)
    }
}
