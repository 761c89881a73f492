import Foundation
import HoneCore
import Testing

@testable import HoneEvolution

@Suite("what a gate tells", .computing)
struct GateResultTests {
    static func result(
        looks: Int = 1, _ answer: (GateTrial) -> TrialResult?
    ) -> GateResult {
        var gate = GateTests.open()
        GateTests.run(&gate, answer)
        let opening = GateRecord(
            holdout: GateTests.holdout, controls: GateTests.controls, alpha: 0.05, seed: 7)
        return GateResult(gate.report, of: opening, ordinal: 1, looks: looks)
    }

    @Test("wins and losses are listed case by case, with rates and a gain whose interval holds it")
    func cases() {
        let result = Self.result {
            GateTests.result($0.side == .child ? !$0.caseID.hasSuffix("7") : !$0.caseID.hasPrefix("case-1"))
        }
        #expect(result.wins.allSatisfy { $0.hasPrefix("case-1") && !$0.hasSuffix("7") } && !result.wins.isEmpty)
        #expect(result.losses.allSatisfy { $0.hasSuffix("7") && !$0.hasPrefix("case-1") } && !result.losses.isEmpty)
        let (gain, interval) = (result.gain ?? 0, result.gainInterval ?? [])
        #expect(interval[0] < gain && gain < interval[1] && interval.allSatisfy { abs($0) <= 1 })
        #expect(abs((result.childPassRate ?? 0) - (result.parentPassRate ?? 0) - gain) < 1e-12)
    }

    @Test("a prompt that is no better, one that is not proved, and one that breaks a control are told apart")
    func verdicts() {
        #expect(Self.result { _ in GateTests.result(true) }.verdict == .noImprovement)
        let slight = Self.result {
            GateTests.result(
                !$0.caseID.hasSuffix("3") || $0.side == .child && $0.caseID == "case-33" || $0.repetition > 0
                    || $0.caseID.hasPrefix("control"))
        }
        #expect(slight.verdict == .inconclusive && slight.gain ?? 0 > 0)
        let broken = Self.result { GateTests.result($0.side == .parent || !$0.caseID.hasPrefix("control-2")) }
        #expect(broken.verdict == .controlsBroken && broken.brokenControls == ["control-2"] && broken.gain == nil)
        #expect(broken.reason.contains("control-2"))
    }

    @Test("few controls and a worn holdout are warned of")
    func warnings() {
        let fine = Self.result { _ in GateTests.result(true) }
        #expect(fine.warnings.isEmpty && !fine.worn)
        let worn = Self.result(looks: 21) { GateTests.result($0.side == .child || $0.caseID < "control-2") }
        #expect(worn.worn && worn.warnings.count == 2 && worn.warnings[0].contains("2 of the 5"))
        #expect(!Self.result(looks: 20) { _ in GateTests.result(true) }.worn)
    }

    @Test("it is kept as JSON with every member, and read back the same")
    func coding() throws {
        let free = Self.result { GateTests.result($0.side == .child, cost: $0.side == .child ? 5 : 0) }
        #expect(free.cost?.ratio == 1e6)
        let broken = Self.result { GateTests.result($0.side == .parent || !$0.caseID.hasPrefix("control")) }
        for result in [free, broken] {
            let data = try JSONEncoder().encode(result)
            #expect(try JSONDecoder().decode(GateResult.self, from: data) == result)
            let members = try JSONDecoder().decode([String: JSONValue].self, from: data)
            #expect(members.count == 21 && members["gain_interval"] != nil)
        }
    }

    @Test("an interval of the gain misses the truth in at most one of twenty samples, however often one looked")
    func coverage() {
        var generator = SeededGenerator(seed: UInt64(3))
        let (truth, runs) = (0.2, 300)
        let missed = (0..<runs).count { _ in
            var differences: [Double] = []
            for _ in 0..<4 {
                differences += (0..<25).map { _ in
                    let draw = generator.nextUnit()
                    return draw < 0.35 ? 1 : draw < 0.5 ? -1 : 0
                }
                let bounds = GainBounds(differences, level: 0.95)
                if truth < bounds.low || truth > bounds.high { return true }
            }
            return false
        }
        #expect(Double(missed) <= 0.05 * Double(runs))
    }

    @Test("the interval of a share holds it, and does not leave 0…1")
    func shares() {
        let some = ShareInterval(10, of: 1_000)
        #expect(abs(some.low - 0.00544) < 1e-4 && abs(some.high - 0.0183) < 1e-4)
        #expect(ShareInterval(0, of: 50).low == 0 && ShareInterval(50, of: 50).high == 1)
    }
}
