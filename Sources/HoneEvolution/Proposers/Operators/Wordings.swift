/// Instructions and sentences that operators choose from.
enum Wordings {
    /// For tasks whose answer is one of a few labels.
    static func forLabels(_ labels: [String]) -> [String] {
        let list = labels.joined(separator: ", ")
        let choice = choice(of: labels)
        return [
            "Answer with exactly one of: \(list).",
            "Classify the text. Answer \(choice).",
            "Labels: \(list). Answer with one label and nothing else.",
            "You are an expert in text classification. Reply with one word: \(choice).",
            "Decide which label fits best: \(choice). Write only the label.",
            "Read the text, then answer with one word: \(choice).",
        ]
    }

    /// Ways to put the input; with the words that are to be said, where there are few.
    static func questions(_ words: [String]?) -> [String] {
        guard let words else { return questions + ["Question: {{ input }}\nAnswer:"] }
        let choice = choice(of: words)
        return questions + [
            "Decide whether this is \(choice).\n\n{{ input }}",
            "Is this \(choice)? Answer with one word.\n\n{{ input }}",
            "Classify the text as \(choice).\n\nText: {{ input }}\nLabel:",
            "{{ input }}\n\nIs this \(choice)?",
        ]
    }

    private static let questions = ["{{ input }}", "Text: {{ input }}", "Read this and answer.\n\n{{ input }}"]

    /// `a, b or c`
    private static func choice(of words: [String]) -> String {
        [words.dropLast().joined(separator: ", "), words.last ?? ""].filter { !$0.isEmpty }.joined(separator: " or ")
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
