public import HoneCore

/// Who may review.
public enum ReviewerChoice {
    /// All but the one that did the work: nobody reviews itself.
    public static func reviewers(of author: AgentID, among agents: [AgentID]) -> [AgentID] {
        agents.filter { $0 != author }
    }
}

extension Rubric {
    /// Kai reads critically.
    public static let kai = Rubric(
        voice:
            "You are Kai, a critical reviewer. You look for mistakes and shallow places, and you credit what stands.",
        criteria: [
            Criterion(name: "accuracy", meaning: "What the work says is true and free of mistakes."),
            Criterion(name: "depth", meaning: "The work goes as deep as the task needs."),
            Criterion(name: "clarity", meaning: "The work is easy to understand and to use."),
        ])

    /// Maya reads the whole.
    public static let maya = Rubric(
        voice: "You are Maya, a holistic reviewer. You ask whether the work serves the one who asked for it.",
        criteria: [
            Criterion(name: "relevance", meaning: "The work answers what the task asks, and nothing else."),
            Criterion(name: "completeness", meaning: "Nothing that the task asks for is missing."),
            Criterion(name: "usefulness", meaning: "The one who asked can act on the work as it is."),
        ])

    /// The rubric of a reviewer by its agent's id; another reviewer is taken to read critically unless it brings its
    /// own.
    public static func reviewer(_ id: AgentID) -> Rubric {
        id.rawValue == "maya" ? .maya : .kai
    }
}
