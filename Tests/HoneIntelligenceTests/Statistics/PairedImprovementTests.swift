import HoneCore
import Testing

@testable import HoneIntelligence

@Suite("An improvement case by case")
struct PairedImprovementTests {
    /// Verdicts by case, each word a case: `+` passed, `-` not, `?` nobody can say.
    private static func verdicts(_ marks: String) -> [String: Bool] {
        Dictionary(
            uniqueKeysWithValues: marks.enumerated().filter { $0.element != "?" }.map {
                ("\($0.offset)", $0.element == "+")
            })
    }

    @Test("counts what was won and lost, and leaves out cases without both verdicts")
    func counts() throws {
        let found = try #require(
            PairedImprovement(before: Self.verdicts("--+++?-"), after: Self.verdicts("++-++-?")))
        #expect(found.cases == 5 && found.wins == ["0", "1"] && found.losses == ["2"])
        #expect(abs(found.gain.value - 0.2) < 1e-12)
        #expect(found.gain.low < 0.2 && found.gain.high > 0.2)
    }

    @Test("without a case in common there is none")
    func nothing() {
        #expect(PairedImprovement(before: [:], after: Self.verdicts("++")) == nil)
        #expect(PairedImprovement(before: Self.verdicts("?+"), after: Self.verdicts("+?")) == nil)
    }

    @Test("holds the true gain in about 95 of 100 draws, and never leaves what a gain can be", arguments: [0.0, 0.2])
    func coverage(_ gain: Double) {
        var generator = SeededGenerator(seed: 11 as UInt64)
        let runs = 2_000
        let hits = (0..<runs).count { _ in
            var (before, after) = ([String: Bool](), [String: Bool]())
            for index in 0..<60 {
                before["\(index)"] = generator.nextUnit() < 0.5
                after["\(index)"] = generator.nextUnit() < 0.5 + gain
            }
            let found = PairedImprovement(before: before, after: after)
            return found?.gain.contains(gain) ?? false
        }
        #expect((0.935...0.975).contains(Double(hits) / Double(runs)), "\(hits) of \(runs)")
        let sure = PairedImprovement(before: Self.verdicts("--"), after: Self.verdicts("++"))
        #expect(sure?.gain.value == 1 && (sure?.gain.high ?? 2) <= 1)
    }
}
