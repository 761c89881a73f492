/// Instructions and sentences that operators choose from.
enum Wordings {
    /// For tasks whose answer is one of a few labels.
    static func forLabels(_ labels: [String]) -> [String] {
        let list = labels.joined(separator: ", ")
        let choice = [labels.dropLast().joined(separator: ", "), labels.last ?? ""].filter { !$0.isEmpty }
            .joined(separator: " or ")
        return [
            "Answer with exactly one of: \(list).",
            "Classify the text. Answer \(choice).",
            "Labels: \(list). Answer with one label and nothing else.",
            "You are an expert in text classification. Reply with one word: \(choice).",
            "Decide which label fits best: \(choice). Write only the label.",
            "Read the text, then answer with one word: \(choice).",
        ]
    }

    static let general = [
        "Answer with one word.",
        "Answer the question. Be brief and exact.",
        "You are an expert. Give the answer and nothing else.",
        "Follow the form of the examples exactly.",
    ]

    static let advice = [
        "Do not explain.",
        "Think of what the writer means, not of single words.",
        "When in doubt, choose what fits the whole text best.",
        "Use the same form as the examples.",
        "Pay attention to negations.",
        "Write nothing besides the answer.",
    ]
}
