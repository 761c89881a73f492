import Foundation
import HoneCore
import Testing

@testable import HoneEvolution

@Suite("the gate", .computing)
struct GateTests {
    static let holdout = (0..<200).map { "case-\($0)" }
    static let controls = (0..<5).map { "control-\($0)" }

    static func open(controls: [String] = controls, alpha: Double = 0.05) -> Gate {
        Gate(holdout: holdout, controls: controls, alpha: alpha, seed: 7)
    }

    static func result(_ passed: Bool, cost: Double = 100, seconds: Double = 1) -> TrialResult {
        TrialResult(score: passed ? 1 : 0, passed: passed, cost: cost, seconds: seconds)
    }

    /// Runs the gate to its end, or to `limit` trials.
    static func run(_ gate: inout Gate, limit: Int = .max, _ answer: (GateTrial) -> TrialResult?) {
        var told = 0
        while told < limit, let trial = gate.ask().first {
            gate.tell(trial, answer(trial))
            told += 1
        }
    }

    @Test("a prompt that wins nearly always is promoted at the first look")
    func promotes() {
        var gate = Self.open()
        Self.run(&gate) { Self.result($0.side == .child || $0.caseID.hasSuffix("0")) }
        #expect(gate.verdict == .promote)
        #expect(gate.report.pairs == 25)
        #expect(gate.report.losses.isEmpty && gate.report.wins.count > 15)
    }

    @Test("prompts that answer alike end undecided, with all pairs spent")
    func undecided() {
        var gate = Self.open()
        Self.run(&gate) { Self.result(!$0.caseID.hasSuffix("3") || $0.caseID == "control-3") }
        #expect(gate.verdict == .inconclusive(.gain))
        #expect(gate.report.pairs == 200 && gate.report.evidence == 1)
    }

    @Test("a broken control stops the promotion before a single pair is paid for")
    func brokenControl() {
        var gate = Self.open()
        var paid: [GateTrial] = []
        Self.run(&gate) { trial in
            paid.append(trial)
            return Self.result(trial.side == .parent || trial.caseID != "control-3")
        }
        #expect(gate.verdict == .controlsBroken(["control-3"]))
        #expect(paid.count == 2 * (4 + 2) && paid.allSatisfy { $0.caseID.hasPrefix("control") })
    }

    @Test("a control that today's prompt fails cannot be broken")
    func openControl() {
        var gate = Self.open()
        Self.run(&gate) { Self.result($0.side == .child && $0.caseID != "control-3") }
        #expect(gate.verdict == .promote && gate.report.heldControls == 0)
    }

    @Test("a control that today's prompt passed once in three times is no promise")
    func luckyControl() {
        var gate = Self.open()
        Self.run(&gate) { trial in
            guard trial.caseID == "control-3" else { return Self.result(trial.side == .child) }
            return Self.result(trial.side == .parent && trial.repetition == 0)
        }
        #expect(gate.verdict == .promote && gate.report.heldControls == 1)
    }

    @Test("a control that failed once and then passed twice is believed")
    func flakyControl() {
        var gate = Self.open()
        Self.run(&gate) { trial in
            guard trial.caseID.hasPrefix("control") else { return Self.result(trial.side == .child) }
            return Self.result(trial.side == .parent || trial.caseID != "control-3" || trial.repetition > 0)
        }
        #expect(gate.verdict == .promote && gate.report.heldControls == 5)
    }

    @Test("a control that breaks down leaves the question open")
    func unknownControl() {
        var gate = Self.open()
        Self.run(&gate) { $0.caseID == "control-3" ? nil : Self.result(true) }
        #expect(gate.verdict == .inconclusive(.controls))
    }

    @Test("a better prompt that costs half as much again is refused")
    func costly() {
        var gate = Self.open()
        Self.run(&gate) { Self.result($0.side == .child, cost: $0.side == .child ? 150 : 100) }
        #expect(gate.verdict == .tooCostly)
    }

    @Test("a better prompt that takes twice the time is refused")
    func slow() {
        var gate = Self.open()
        Self.run(&gate) { Self.result($0.side == .child, seconds: $0.side == .child ? 2 : 1) }
        #expect(gate.verdict == .tooSlow)
    }

    @Test("a pair with a trial that broke down says nothing")
    func brokenDown() {
        var gate = Self.open()
        Self.run(&gate) { $0.caseID.hasSuffix("1") && $0.side == .parent ? nil : Self.result($0.side == .child) }
        #expect(gate.verdict == .promote)
        #expect(!gate.report.wins.contains { $0.hasSuffix("1") })
    }

    @Test("told twice, or what nobody asked, a trial counts once")
    func repeats() {
        var (once, twice) = (Self.open(controls: []), Self.open(controls: []))
        for trial in once.ask().prefix(20) { once.tell(trial, Self.result(trial.side == .child)) }
        for trial in twice.ask().prefix(20) {
            twice.tell(trial, Self.result(trial.side == .child))
            twice.tell(trial, Self.result(trial.side == .parent))
            twice.tell(GateTrial(caseID: "unheard of", side: .child), Self.result(true))
        }
        #expect(once == twice)
    }

    @Test("the order in which results arrive does not matter")
    func anyOrder() {
        var (forth, back) = (Self.open(controls: []), Self.open(controls: []))
        let answer = { (trial: GateTrial) in Self.result(trial.side == .child || trial.caseID.hasSuffix("3")) }
        while case let due = forth.ask(), !due.isEmpty { for trial in due { forth.tell(trial, answer(trial)) } }
        while case let due = back.ask(), !due.isEmpty {
            for trial in due.reversed() { back.tell(trial, answer(trial)) }
        }
        #expect(forth == back)
    }

    @Test("stored after any trial, it goes on to the same bytes")
    func resuming() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let answer = { (trial: GateTrial) in Self.result(trial.side == .child || trial.caseID.hasSuffix("3")) }
        var (straight, resumed) = (Self.open(), Self.open())
        Self.run(&straight, answer)
        while let trial = resumed.ask().first {
            resumed.tell(trial, answer(trial))
            resumed = try JSONDecoder().decode(Gate.self, from: encoder.encode(resumed))
        }
        #expect(try encoder.encode(resumed) == encoder.encode(straight))
    }

    @Test("a run that ends early leaves the gate undecided, and it asks for nothing more")
    func stopped() {
        var gate = Self.open()
        Self.run(&gate, limit: 12) { Self.result($0.side == .child) }
        gate.stop()
        #expect(gate.verdict == .inconclusive(.stopped) && gate.ask().isEmpty)
    }

    @Test("a holdout without cases proves nothing")
    func empty() {
        #expect(Gate(holdout: [], controls: [], alpha: 0.05, seed: 1).verdict == .inconclusive(.gain))
    }

    @Test("the shares of a run's gates never add up to more than its budget")
    func errorBudget() {
        let shares = (1...10_000).map { ErrorBudget().share(ofGate: $0) }
        #expect(shares[0] > 0.03 && shares.reduce(0, +) < 0.05)
    }

    @Test("at most 5 % of runs promote an identical prompt, and a gain of 20 points is seen at least 80 % of the time")
    func honesty() {
        let figures = GateSimulation().figures(runs: 1_000, seed: 11)
        #expect(figures.falsePromotionRate <= 0.05, "\(figures)")
        #expect(figures.power >= 0.8, "\(figures)")
    }
}
