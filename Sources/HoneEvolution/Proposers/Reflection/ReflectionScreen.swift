import HoneCore

/// Why a variation is not tried.
public enum ReflectionRefusal: Error, Sendable, Hashable {
    /// The answer is not the JSON that was asked for.
    case garbage
    case repeatsParent
    case repeatsAnother
    /// It wants a task shown that it was not shown.
    case unknownTask(Int)
    case tooLong
    /// A variable of the template is gone.
    case loses(variable: String)
    /// The instruction quotes this case, and would know its answer.
    case copies(caseID: String)
    /// It carries a fence or a chat template's mark, or speaks to somebody else than the assistant.
    case injection

    /// For logs and for the record of the run.
    public var reason: String {
        switch self {
        case .garbage: "the answer is not the JSON that was asked for"
        case .repeatsParent: "it says what the parent says"
        case .repeatsAnother: "it says what another variation says"
        case .unknownTask(let number): "it wants task \(number) as an example, which was not shown"
        case .tooLong: "it is too long"
        case .loses(let variable): "it lost \(variable)"
        case .copies(let caseID): "it copies case \(caseID)"
        case .injection: "it carries instructions to somebody else than the assistant"
        }
    }
}

/// Looks at a variation with what the question knows. What needs more, such as the whole suite, is the guardrails' work,
/// and comes after this.
struct ReflectionScreen {
    /// Words in a row that are no chance: a sentence that is the task's own.
    private static let copiedWords = 6

    private let question: ReflectionQuestion

    init(_ question: ReflectionQuestion) {
        self.question = question
    }

    func check(_ child: Genome) throws(ReflectionRefusal) {
        let (old, new) = (question.parent.template, child.template)
        let text = new.system ?? ""
        if PromptWords(text) == PromptWords(old.system ?? ""), new.demonstrations == old.demonstrations {
            throw .repeatsParent
        }
        if text.count > ReflectionQuestion.longestInstruction(of: question.parent) { throw .tooLong }
        for mark in TemplateTags(old.system ?? "").marks where !text.contains(mark) { throw .loses(variable: mark) }
        if let copied = copiedCase(text, beyond: old.system ?? "") { throw .copies(caseID: copied) }
        if UntemplatedText.of(text) != text || text.contains("<<<DATA-") { throw .injection }
    }

    /// A case of which a run of words, or the whole of a short one, stands in the text and did not before.
    private func copiedCase(_ text: String, beyond old: String) -> String? {
        let (words, known) = (PromptWords(text), PromptWords(old))
        return question.traces.first { trace in
            let input = PromptWords(trace.input)
            let length = min(Self.copiedWords, input.words.count)
            guard length >= 3 else { return false }
            let new = words.runs(of: length).subtracting(known.runs(of: length))
            return !new.isDisjoint(with: input.runs(of: length))
        }?.caseID
    }
}
