public import HoneCore

/// What can be said of a suite and of the prompt for it without asking a model: what proposals are grounded in
/// (MIPRO, arXiv 2406.11695, §4.1: data and program summary).
public enum TaskSummary {
    private static let mostLabels = 12

    /// `answers` are those of the train cases, as they are expected.
    public static func text(inputs: [String], answers: [String], prompt: PromptTemplate) -> String {
        guard !inputs.isEmpty else { return "" }
        let lengths = inputs.map { PromptWords($0).words.count }.sorted()
        return [
            "The suite has \(inputs.count) tasks for practice; inputs have \(lengths[0]) to \(lengths[lengths.count - 1]) words, "
                + "half of them at most \(lengths[lengths.count / 2]).",
            opening(of: inputs).map { "Inputs begin with \"\($0)\"." } ?? "",
            labels(answers),
            "The prompt has an instruction of \(PromptWords(prompt.system ?? "").words.count) words and shows "
                + "\(prompt.demonstrations.count) examples as earlier turns of the chat.",
        ].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private static func labels(_ answers: [String]) -> String {
        let counts = Dictionary(grouping: answers, by: \.self).mapValues(\.count).sorted { $0.key < $1.key }
        guard !counts.isEmpty, counts.count <= mostLabels, 2 * counts.count <= answers.count else {
            return answers.isEmpty ? "" : "Answers are free text."
        }
        return "Answers are one of: \(counts.map { "\($0.key) (\($0.value))" }.joined(separator: ", "))."
    }

    /// The words that all inputs share at their start.
    private static func opening(of inputs: [String]) -> String? {
        var shared = inputs[0].split(separator: " ")
        for input in inputs.dropFirst() {
            let words = input.split(separator: " ")
            shared = zip(shared, words).prefix { $0 == $1 }.map(\.0)
        }
        return inputs.count > 1 && !shared.isEmpty ? shared.joined(separator: " ") : nil
    }
}
