import HoneCore
import Testing

@testable import HoneEvolution

@Suite("operators for answers and questions")
struct LabelOperatorTests {
    static let examples = (0..<40).map {
        Example(caseID: "t\($0)", input: "review \($0)", answer: $0 % 2 == 0 ? "positive" : "negative")
    }
    static let start = Genome(
        template: PromptTemplate(system: "Is it positive or negative? Say positive, or negative."))

    static func children(
        of genome: Genome = start, by operation: any PromptOperator, _ workshop: Workshop? = nil
    ) -> [Genome] {
        (0..<60).compactMap { seed in
            var generator = SeededGenerator(seed: UInt64(seed))
            return operation.apply(
                to: genome, workshop ?? Workshop(examples: examples, failed: []), using: &generator)
        }
    }

    @Test("label words take the labels' places in the instruction, at once and whole")
    func words() {
        let children = Self.children(by: ChooseLabelWords())
        #expect(children.contains { $0.template.labels == ["positive": "good", "negative": "bad"] })
        let good = children.first { $0.template.labels?["positive"] == "good" }
        #expect(good?.template.system == "Is it good or bad? Say good, or bad.")
        #expect(children.allSatisfy { $0.template.demonstrations == Self.start.template.demonstrations })
        let swapped = good?.saying(["bad", "good"], for: ["positive", "negative"])
        #expect(swapped?.template.system == "Is it bad or good? Say bad, or good.")
        #expect(swapped?.saying(["positive", "negative"], for: ["positive", "negative"]) == Self.start)
    }

    @Test("words for labels are as many as the labels, and none stands for two")
    func vocabulary() {
        for labels in [["positive", "negative"], ["true", "false"], ["refund", "login", "delivery"], ["A", "B"]] {
            let sets = LabelVocabulary.sets(for: labels)
            #expect(sets.count > 1 && sets.allSatisfy { Set($0).count == labels.count }, "\(labels)")
        }
    }

    @Test("a forced choice offers every label, in either order, and can be taken back")
    func choice() {
        let forced = Self.children(by: ForceChoice()).map(\.template.answer)
        #expect(Set(forced) == [.choices(["negative", "positive"]), .choices(["positive", "negative"])])
        var genome = Self.start
        genome.template.answer = .choices(["negative", "positive"])
        #expect(Self.children(of: genome, by: ForceChoice()).contains { $0.template.answer == nil })
    }

    @Test("where answers are free there are no labels to play with")
    func free() {
        let free = (0..<40).map { Example(caseID: "t\($0)", input: "q\($0)", answer: "answer \($0)") }
        let workshop = Workshop(examples: free, failed: [])
        #expect(Self.children(by: ChooseLabelWords(), workshop).isEmpty)
        #expect(Self.children(by: ForceChoice(), workshop).isEmpty)
        #expect(!Self.children(by: ChooseQuestion(), workshop).isEmpty)
    }

    @Test("a new question is put around examples, too, and around those that come later")
    func question() throws {
        let workshop = Workshop(
            examples: Self.examples.map { Example(caseID: $0.caseID, input: "Q: \($0.input)", answer: $0.answer) },
            failed: [], today: "Q: {{ input }}")
        var genome = Genome(template: PromptTemplate(system: "Sort.", user: "Q: {{ input }}"))
        genome.template.demonstrations = [Demonstration(user: "Q: review 3", assistant: "negative")]
        for child in Self.children(of: genome, by: ChooseQuestion(), workshop) {
            let form = try #require(QuestionForm(child.template.user))
            #expect(child.template.demonstrations[0].user == form.around("review 3"))
            var generator = SeededGenerator(seed: UInt64(1))
            let grown = AddDemonstrations().apply(to: child, workshop, using: &generator)
            let added = try #require(grown?.template.demonstrations.last)
            #expect(form.input(of: added.user)?.hasPrefix("review ") == true)
        }
    }

    @Test("a template that computes is left alone")
    func computed() {
        let genome = Genome(template: PromptTemplate(user: "{% if input %}{{ input }}{% endif %}"))
        #expect(Self.children(of: genome, by: ChooseQuestion()).isEmpty)
        #expect(QuestionForm("{{ input.text }}") == nil)
    }

    @Test("bootstrapped examples are those that the parent solved, first of all")
    func bootstrapping() {
        let workshop = Workshop(examples: Self.examples, failed: [], passed: ["t1", "t2", "t3", "t4", "t5", "t6"])
        let children = Self.children(by: BootstrapDemonstrations(), workshop)
        #expect(children.count == 60)
        for child in children {
            let solved = child.template.demonstrations.filter { shown in
                (1...6).contains { shown.user == "review \($0)" }
            }
            #expect(solved.count >= 4 && child.template.demonstrations.count <= 16)
        }
        #expect(Self.children(by: BootstrapDemonstrations()).isEmpty)
    }

    /// What paid in trials with a small model: eight examples as turns, good and bad as words, the question before the
    /// text, a forced answer.
    @Test("what small models gain most from is one proposal away", arguments: 1...3 as ClosedRange<UInt64>)
    func reach(seed: UInt64) {
        var board = Scoreboard()
        _ = board.add(Self.start, parents: [], maker: "today")
        let proposer = OperatorProposer(examples: Self.examples, seed: seed)
        for number in 0..<120 {
            let wish = ProposalRequest(number: number, genome: Self.start, parents: [0], cases: [])
            if let offer = proposer.propose(wish, knowing: board) {
                _ = board.add(offer.genome, parents: [0], maker: offer.maker)
            }
        }
        let templates = board.candidates.map(\.genome.template)
        #expect(templates.contains { $0.demonstrations.count == 8 })
        #expect(templates.contains { $0.labels?["positive"] == "good" && $0.labels?["negative"] == "bad" })
        #expect(templates.contains { $0.answer != nil })
        #expect(templates.contains { $0.user.contains("positive or negative") && $0.user.hasSuffix("{{ input }}") })
    }
}
