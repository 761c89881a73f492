import HoneCore
import Testing

@testable import HoneEvolution

@Suite("genes that depend on each other")
struct GenomeTermsTests {
    static let labels = ["negative", "positive"]
    static let inputs = (0..<40).map { "review \($0)" }
    static let today = "Text: {{ input }}"
    static let workshop = Workshop(
        examples: inputs.enumerated().map {
            Example(caseID: "t\($0)", input: "Text: \($1)", answer: labels[$0 % 2])
        }, failed: [], today: today)
    static let base = Genome(
        template: PromptTemplate(
            system: "Is it positive or negative? Say positive, or negative. Be brief.", user: today))
    static let operators: [any PromptOperator] = [
        ChooseLabelWords(), ChooseLabelWords(), ChooseQuestion(), ChooseWording(), AddDemonstrations(), AddSentence(),
        DropSentence(), ForceChoice(), ChooseDemonstrations(), ReorderDemonstrations(), WriteAnew(),
    ]

    static func descendant(of genome: Genome = base, using generator: inout SeededGenerator) -> Genome {
        (0..<Int.random(in: 1...5, using: &generator)).reduce(genome) { genome, _ in
            let step = operators.randomElement(using: &generator)
            return step?.apply(to: genome, workshop, using: &generator) ?? genome
        }
    }

    /// All words that anybody could say for a label and that this prompt names.
    static func named(by genome: Genome) -> Set<String> {
        let known = Set(LabelVocabulary.sets(for: labels).joined())
        let text = (genome.template.system ?? "") + " " + genome.template.user
        let words = text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        return known.intersection(words)
    }

    /// It names no word but its own, and shows examples as it puts inputs, with labels as their answers.
    static func expectWhole(_ genome: Genome, _ place: String) {
        #expect(named(by: genome).isSubset(of: genome.words(for: labels)), "\(place): \(genome.template)")
        for shown in genome.template.demonstrations {
            let input = QuestionForm(genome.template.user)?.input(of: shown.user)
            #expect(input.map(inputs.contains) == true, "\(place): \(genome.template.user) – \(shown.user)")
            #expect(labels.contains(shown.assistant), "\(place)")
        }
    }

    @Test("travel together: who is crossed or merged says one set of label words, and puts all inputs alike")
    func whole() {
        var generator = SeededGenerator(seed: UInt64(11))
        var mixed = 0
        for _ in 0..<300 {
            let (one, other) = (Self.descendant(using: &generator), Self.descendant(using: &generator))
            Self.expectWhole(one, "descendant")
            let child = PromptCrossover.child(one, other, using: &generator)
            Self.expectWhole(child, "crossover")
            var merge = ThreeWayMerge(of: Self.base)
            for genome in [one, other] { merge.takeWhatFits(of: genome) }
            Self.expectWhole(merge.genome, "merge")
            for gene in Gene.allCases {
                var heir = one
                heir.inherit(gene, from: other)
                Self.expectWhole(heir, "\(gene)")
                #expect(heir.agrees(with: other, in: gene))
            }
            if child.template.labels != one.template.labels || child.template.user != one.template.user { mixed += 1 }
        }
        #expect(mixed > 50)
    }

    @Test("all genes of a prompt together are the prompt")
    func all() {
        var generator = SeededGenerator(seed: UInt64(12))
        for _ in 0..<300 {
            let (one, other) = (Self.descendant(using: &generator), Self.descendant(using: &generator))
            for genes in [Gene.allCases, Gene.allCases.reversed()] {
                var heir = one
                for gene in genes { heir.inherit(gene, from: other) }
                #expect(heir == other)
            }
        }
    }

    @Test("new label words are no new instruction: what another adds to it is taken over, in the new words")
    func merging() {
        let words = Self.base.saying(["bad", "good"], for: Self.labels)
        var advice = Self.base
        advice.template.system? += " Never say positive to a complaint."
        var merge = ThreeWayMerge(of: Self.base)
        let taken = [words, advice].map { merge.take($0) }
        #expect(taken == [true, true] && merge.genome.words(for: Self.labels) == ["bad", "good"])
        #expect(
            merge.genome.template.system
                == "Is it good or bad? Say good, or bad. Be brief. Never say good to a complaint.")
    }

    @Test("labels of several words are replaced whole, longer words and what a template computes are not")
    func replacing() {
        let pairs = [("not spam", "ham"), ("spam", "junk"), ("input", "A")]
        let text = "spam, not spam or spammer? {{ input }} {% if input %}input{% endif %} input_spam."
        #expect(
            WholeWords.replacing(pairs, in: text)
                == "junk, ham or spammer? {{ input }} {% if input %}A{% endif %} A_junk.")
    }

    @Test("an example that is put in another way than the question's stays as somebody wrote it")
    func foreign() {
        var genome = Self.base
        genome.template.demonstrations = [
            Demonstration(user: "Text: a", assistant: "positive"), Demonstration(user: "b", assistant: "negative"),
        ]
        #expect(genome.demonstrations(putBy: "{{ input }}!").map(\.user) == ["a!", "b"])
        #expect(genome.demonstrations(putBy: "{% if input %}{{ input }}{% endif %}") == genome.template.demonstrations)
    }
}
