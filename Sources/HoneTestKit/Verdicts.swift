public import ScriptedModel

/// What a judging model says, in the reasoned form.
public enum Verdicts {
    static let judged = ["accuracy", "relevance", "completeness"]
    static let byKai = ["accuracy", "clarity", "depth"]
    static let byMaya = ["completeness", "relevance", "usefulness"]

    /// A model that gives the judge and each reviewer the same score for every criterion; nil: it cannot say.
    public static func script(judge: Double? = 0.75, kai: Double? = 0.5, maya: Double? = 1) -> Script {
        Script(
            [
                ScriptedRule(.text(verdict(byKai, kai)), when: ScriptedCondition(system: "You are Kai")),
                ScriptedRule(.text(verdict(byMaya, maya)), when: ScriptedCondition(system: "You are Maya")),
            ], otherwise: .text(verdict(judged, judge)))
    }

    private static func verdict(_ criteria: [String], _ score: Double?) -> String {
        let members = criteria.map { criterion in
            let score = score.map { "\($0)" } ?? "null"
            return "\"\(criterion)\": {\"reason\": \"\(criterion) seen\", \"score\": \(score)}"
        }
        return "{\(members.joined(separator: ", "))}"
    }
}
