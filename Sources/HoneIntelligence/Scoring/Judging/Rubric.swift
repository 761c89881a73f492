public import HoneCore

/// One thing to be judged, and what it means.
public struct Criterion: Hashable, Sendable {
    public let name: String
    public let meaning: String

    public init(name: String, meaning: String) {
        self.name = name
        self.meaning = meaning
    }
}

/// What a judge or reviewer is to look at, and in whose voice.
public struct Rubric: Hashable, Sendable {
    public let voice: String
    public let criteria: [Criterion]

    public init(voice: String, criteria: [Criterion]) {
        self.voice = voice
        self.criteria = criteria
    }

    /// The judge's rubric for a category: its own words where it has some, ours elsewhere.
    ///
    /// Leave out what a check has already decided. Efficiency is measured, never judged.
    public static func judge(
        for template: ObjectiveTemplate, asking names: [JudgedScore] = JudgedScore.allCases
    ) -> Rubric {
        let purpose = template.description.isEmpty ? "" : " The work is of this kind: \(template.description)"
        return Rubric(
            voice: "You are a strict and fair judge of work.\(purpose)",
            criteria: names.map { name in
                let own = template.evaluationCriteria[name.rawValue] ?? ""
                return Criterion(name: name.rawValue, meaning: own.isEmpty ? name.meaning : own)
            })
    }
}

/// The scores that a judge may give.
public enum JudgedScore: String, CaseIterable, Sendable {
    case accuracy, relevance, completeness

    var meaning: String {
        switch self {
        case .accuracy: "What the work says is true and free of mistakes."
        case .relevance: "The work answers what the task asks, and nothing else."
        case .completeness: "Nothing that the task asks for is missing."
        }
    }
}
