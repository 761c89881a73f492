import HoneCore
import Testing

@testable import HoneEvolution

@Suite("What a prompt changes")
struct GenomeChangeTests {
    private static func examples(_ numbers: Range<Int>) -> [Demonstration] {
        numbers.map { Demonstration(user: "review \($0)", assistant: "positive") }
    }

    @Test("is said part by part, and nothing of what stays")
    func parts() {
        let old = Genome(
            template: PromptTemplate(system: "Answer.", demonstrations: Self.examples(0..<4)),
            parameters: ModelParameters(temperature: 0, maxTokens: 8))
        var new = old
        #expect(GenomeChange(from: old, to: new).description == "Nothing is changed.")
        new.template.system = "Answer with\none word."
        new.template.demonstrations = Self.examples(3..<9)
        #expect(
            GenomeChange(from: old, to: new).sentences == [
                "The instruction \"Answer.\" became \"Answer with one word.\".",
                "6 examples instead of 4, of which 1 were kept.",
            ])
        new = old
        new.template.labels = ["positive": "good", "negative": "bad"]
        new.template.answer = .choices(["positive", "negative"])
        new.parameters.maxTokens = 4
        #expect(
            GenomeChange(from: old, to: new).sentences == [
                "The model says bad for negative, good for positive.",
                "The answer is forced to be one of positive, negative.", "Parameters: max_tokens 8 → 4.",
            ])
        #expect(
            GenomeChange(from: new, to: old).sentences == [
                "The model says the labels themselves.", "The form of the answer is free.",
                "Parameters: max_tokens 4 → 8.",
            ])
    }

    @Test("quotes no example, and no more of an instruction than a few lines")
    func bounds() {
        let old = Genome(template: PromptTemplate(demonstrations: Self.examples(0..<3)))
        var new = old
        new.template.demonstrations.reverse()
        #expect(GenomeChange(from: old, to: new).description == "The 3 examples stand in another order.")
        new.template.system = String(repeating: "word ", count: 500)
        #expect(GenomeChange(from: old, to: new).sentences.allSatisfy { $0.count < 320 && !$0.contains("review") })
    }
}
