import Foundation
import HoneCore
import HoneEvolution
import Testing

@testable import Hone

@Suite("hone optimize simulate-gate, and what is shown of gates", .timeLimit(.minutes(3)))
struct GateCommandTests {
    @Test("the simulation gives rates with their intervals, the same for the same seed, without any server")
    func simulate() async throws {
        let arguments = ["optimize", "simulate-gate", "--runs", "40", "--seed", "7", "--gain", "0.4", "--json"]
        let first = try await HoneProgram().run(arguments)
        #expect(first.status == 0, "\(first.complaints)")
        let figures = try first.json(JSONValue.self)
        let (rate, power) = (figures["false_promotion_rate"]?.double ?? -1, figures["power"]?.double ?? -1)
        #expect((0...0.2).contains(rate) && (0.9...1).contains(power))
        for (share, name) in [(rate, "false_promotion_interval"), (power, "power_interval")] {
            let bounds = figures[name]?.array?.compactMap(\.double) ?? []
            #expect(bounds.count == 2 && bounds[0] <= share && share <= bounds[1], "\(name)")
        }
        #expect(figures["runs"] == 40 && figures["seed"] == 7 && figures["pairs_to_decision"]?["most"] == 200)
        #expect(try await HoneProgram().run(arguments).output == first.output)
        let table = try await HoneProgram().run("optimize", "simulate-gate", "--runs", "5")
        #expect(table.output.lowercased().contains("95 % interval") && table.output.contains("median"), "\(table)")
    }

    @Test("wrong figures are wrong usage", arguments: [["--runs", "0"], ["--gain", "0"], ["--gain", "1.5"]])
    func usage(_ arguments: [String]) async throws {
        #expect(try await HoneProgram().run(["optimize", "simulate-gate"] + arguments).status == 2)
    }

    @Test("the person who approves sees the verdict, the gain with its interval, and every case won and lost")
    func shown() {
        let opening = GateRecord(holdout: (0..<30).map { "h\($0)" }, controls: ["c1"], alpha: 0.03, seed: 1)
        var gate = opening.gate
        while let trial = gate.ask().first {
            let passed = trial.side == .child ? trial.caseID != "h3" : trial.caseID == "h3"
            gate.tell(trial, TrialResult(score: passed ? 1 : 0, passed: passed, cost: 10, seconds: 1))
        }
        let text = GateResult(gate.report, of: opening, ordinal: 2, looks: 3).text
        for part in [
            "promote", "gate 2 of its run", "1.00 (1.00…1.00)", "passes 0 of the 1 controls", "has served 3 gates",
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
        #expect(text.split(separator: "\n").count == 11, "\(text)")
    }
}
