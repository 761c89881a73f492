import HoneCore
import HoneEvolution
import HoneStore

extension GateRecord {
    /// What the gate of an experiment was opened with: the suite's holdout, the experiment's seed, the usual rules, and the
    /// chance of error that its results name. Nil for what is no gate, or not over.
    init?(_ record: ExperimentRecord, cases: [BenchmarkCase]) {
        guard record.kind == "gate", let results = record.results, let threshold = results["threshold"]?.double else {
            return nil
        }
        let holdout = cases.filter { $0.split == .holdout }
        self.init(
            holdout: holdout.map(\.id), controls: holdout.filter(\.control).map(\.id),
            alpha: results["alpha"]?.double ?? 1 / threshold, seed: record.seed)
    }
}

/// What a gate says, in the words of an experiment's results, for comparing.
struct GateStatement {
    let members: [(name: String, value: JSONValue)]

    init(_ report: GateReport) {
        members = [
            ("verdict", .string(Self.verdict(of: report))), ("pairs", .integer(Int64(report.pairs))),
            ("gain", Self.number(report.meanGain)), ("evidence", .number(report.evidence)),
            ("threshold", .number(report.threshold)), ("wins", Self.list(report.wins)),
            ("losses", Self.list(report.losses)), ("cost", Self.ratio(report.cost)), ("time", Self.ratio(report.time)),
        ]
    }

    /// What the results say otherwise. They may say more.
    func contradictions(in results: JSONValue) -> [String] {
        members.compactMap { name, value in
            guard let said = results[name] else { return value == .null ? nil : "its results do not tell \(name)" }
            return Self.agree(value, said)
                ? nil : "\(name) is \(InvalidValue.summary(of: said)), and should be \(InvalidValue.summary(of: value))"
        }
    }

    private static func verdict(of report: GateReport) -> String {
        switch report.verdict {
        case .promote: "promote"
        case .controlsBroken: "controls_broken"
        case .tooCostly: "too_costly"
        case .tooSlow: "too_slow"
        case .inconclusive(.gain) where (report.meanGain ?? 0) <= 0: "no_improvement"
        case .inconclusive, nil: "inconclusive"
        }
    }

    private static func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }

    private static func list(_ cases: [String]) -> JSONValue { .array(cases.map { .string($0) }) }

    private static func ratio(_ bounds: RatioBounds?) -> JSONValue {
        guard let bounds else { return .null }
        // Nothing is worth more than a million times as much: JSON knows no infinity.
        return .object(
            ["ratio": bounds.ratio, "low": bounds.low, "high": bounds.high].mapValues { .number(min(1e6, $0)) })
    }

    /// Numbers that differ by no more than their last digits are the same.
    private static func agree(_ one: JSONValue, _ other: JSONValue) -> Bool {
        if let one = one.double, let other = other.double {
            return abs(one - other) <= 1e-9 * max(1, abs(one), abs(other))
        }
        switch (one, other) {
        case (.object(let one), .object(let other)):
            return one.allSatisfy { name, value in other[name].map { agree(value, $0) } ?? (value == .null) }
        case (.array(let one), .array(let other)):
            return one.count == other.count && zip(one, other).allSatisfy { agree($0, $1) }
        default: return one == other
        }
    }
}
