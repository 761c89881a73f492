import HoneCore

/// Puts the input another way: with the instruction before it, with a question after it, or bare. Examples that are shown
/// are put the same way.
struct ChooseQuestion: PromptOperator {
    let name = "choose a question"

    func apply(to genome: Genome, _ workshop: Workshop, using generator: inout SeededGenerator) -> Genome? {
        guard QuestionForm(genome.template.user) != nil else { return nil }
        let words = workshop.labels.map { genome.words(for: $0).shuffled(using: &generator) }
        let forms = Wordings.questions(words).filter { $0 != genome.template.user }
        guard let question = forms.randomElement(using: &generator) else { return nil }
        var child = genome
        child.template.demonstrations = genome.demonstrations(putBy: question)
        child.template.user = question
        return child
    }
}

/// A template of the user's turn that is text around the whole input.
struct QuestionForm {
    private let before: String
    private let after: String

    /// Nil when the template computes anything else.
    init?(_ template: String) {
        guard let mark = template.firstMatch(of: #/\{\{\s*input\s*\}\}/#) else { return nil }
        before = String(template[..<mark.range.lowerBound])
        after = String(template[mark.range.upperBound...])
        guard TemplateTags(before + " " + after).all.isEmpty else { return nil }
    }

    func around(_ input: String) -> String { before + input + after }

    /// Nil when the text has not this form.
    func input(of text: String) -> String? {
        guard text.hasPrefix(before), text.hasSuffix(after), text.count >= before.count + after.count else {
            return nil
        }
        return String(text.dropFirst(before.count).dropLast(after.count))
    }
}
