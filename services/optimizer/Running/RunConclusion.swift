import Foundation
import HoneCore
import HoneEvolution
import HoneStore

/// What a search came to. What it measured on the validation cases, by which it has chosen, is a hope and no proof; what
/// counts is the gate's word.
struct RunConclusion {
    private let board: Scoreboard
    private let cases: [String]
    let best: Candidate

    /// `choice` is what the gate chose; nil: what the validation cases say.
    init(_ search: SearchRun, choosing choice: Candidate? = nil) {
        board = search.board
        cases = search.cases.validation
        best = choice ?? search.best
    }

    /// Whether anything did better than today's prompt.
    var isImprovement: Bool { best.number != 0 }

    /// The gate's figures where there was one, with those of the validation cases beside them.
    func improvement(of id: PromptID, _ gate: GateResult?) throws -> JSONValue {
        guard let gate else { return validation(of: id) }
        let interval = (gate.gainInterval ?? []).map(JSONValue.number)
        return [
            "measured_on": "holdout", "verdict": .string(gate.verdict.rawValue), "cases": .integer(Int64(gate.pairs)),
            "best_prompt_id": .string(id.description),
            "baseline": ["success_rate": Self.number(gate.parentPassRate)],
            "best": ["success_rate": Self.number(gate.childPassRate)],
            "gain": [
                "success_rate": [
                    "mean": Self.number(gate.gain), "low": interval.first ?? .null, "high": interval.last ?? .null,
                ]
            ],
            "gate": try JSONValue(encoding: gate), "validation": validation(of: id),
        ]
    }

    /// Gains on the validation cases with their 95 % intervals.
    private func validation(of id: PromptID) -> JSONValue {
        var fields: [String: JSONValue] = [
            "measured_on": "validation", "cases": .integer(Int64(cases.count)),
            "verdict": isImprovement ? "not_gated" : "no_improvement", "baseline": figures(0),
            "best": figures(best.number), "best_prompt_id": .string(id.description),
        ]
        guard isImprovement else { return .object(fields) }
        fields["gain"] = [
            "score": Self.gain(pairs { $0.score }),
            "cost_usd": Self.gain(pairs { $0.cost.map { $0 / 1_000_000 } }), "seconds": Self.gain(pairs { $0.seconds }),
        ]
        return .object(fields)
    }

    private func figures(_ candidate: Int) -> JSONValue {
        let results = board.results(of: candidate, on: cases)
        let passed = results.isEmpty ? nil : Double(results.count(where: \.passed)) / Double(results.count)
        return [
            "score": Self.number(board.meanScore(of: candidate, on: cases)), "success_rate": Self.number(passed),
            "mean_cost_usd": Self.number(board.meanCost(of: candidate, on: cases).map { $0 / 1_000_000 }),
            "mean_seconds": Self.number(board.meanSeconds(of: candidate, on: cases)),
        ]
    }

    /// Best minus baseline on each case that both have done.
    private func pairs(_ value: (TrialResult) -> Double?) -> [Double] {
        cases.compactMap { id in
            guard let mine = board.result(of: best.number, on: id).flatMap(value),
                let other = board.result(of: 0, on: id).flatMap(value)
            else { return nil }
            return mine - other
        }
    }

    /// The mean with its normal interval.
    private static func gain(_ differences: [Double]) -> JSONValue {
        guard differences.count > 1 else { return .null }
        let count = Double(differences.count)
        let mean = differences.reduce(0, +) / count
        let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        let reach = 1.96 * (variance / count).squareRoot()
        return ["mean": .number(mean), "low": .number(mean - reach), "high": .number(mean + reach)]
    }

    private static func number(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
}
