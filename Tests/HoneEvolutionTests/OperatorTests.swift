import HoneCore
import Testing

@testable import HoneEvolution

@Suite("prompt operators")
struct OperatorTests {
    static let examples = (0..<24).map {
        Example(caseID: "train-\($0)", input: "text \($0)", answer: ["good", "bad", "mixed"][$0 % 3])
    }

    static let start = Genome(
        template: PromptTemplate(
            system: "You sort texts. Take care. Answer in one word.",
            demonstrations: examples.prefix(3).map(Demonstration.init)),
        parameters: ModelParameters(temperature: 0, maxTokens: 8))

    static func apply(_ operation: any PromptOperator, times: UInt64 = 50, failed: Set<String> = []) -> [Genome] {
        (0..<times).compactMap { seed in
            var generator = SeededGenerator(seed: seed)
            return operation.apply(to: start, Workshop(examples: examples, failed: failed), using: &generator)
        }
    }

    @Test("added demonstrations are new, and those of failed cases come first")
    func adding() {
        let children = Self.apply(AddDemonstrations(), failed: ["train-20"])
        #expect(children.count == 50)
        for child in children {
            let added = child.template.demonstrations.dropFirst(3)
            #expect((1...4).contains(added.count) && added.first?.user == "text 20")
            #expect(Set(child.template.demonstrations.map(\.user)).count == child.template.demonstrations.count)
        }
    }

    @Test("a prompt never shows more than sixteen examples")
    func most() {
        var generator = SeededGenerator(seed: UInt64(1))
        var genome = Self.start
        while let next = AddDemonstrations().apply(
            to: genome, Workshop(examples: Self.examples, failed: []), using: &generator)
        {
            genome = next
        }
        #expect(genome.template.demonstrations.count == 16)
    }

    @Test("a chosen set shows every answer equally often, as far as there are examples")
    func balance() {
        for child in Self.apply(ChooseDemonstrations()) {
            let counts = Dictionary(grouping: child.template.demonstrations, by: \.assistant).values.map(\.count)
            #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
        }
    }

    @Test("reordering and dropping keep the rest as it was")
    func reordering() {
        for child in Self.apply(ReorderDemonstrations()) {
            #expect(Set(child.template.demonstrations) == Set(Self.start.template.demonstrations))
        }
        for child in Self.apply(DropDemonstration()) { #expect(child.template.demonstrations.count == 2) }
    }

    @Test("a prompt that is written anew shares its template's variables with the old one, and may share nothing else")
    func anew() {
        let children = Self.apply(WriteAnew())
        #expect(children.count == 50 && Set(children).count > 40)
        #expect(children.allSatisfy { $0.template.user.contains("{{ input }}") && $0 != Self.start })
        let changed = children.filter {
            $0.template.system != Self.start.template.system
                && $0.template.demonstrations != Self.start.template.demonstrations
        }
        #expect(changed.count > 30)
        #expect(children.contains { $0.template.answer != nil } && children.contains { $0.template.labels != nil })
    }

    @Test("an instruction that computes something is never written anew")
    func bound() {
        var genome = Self.start
        genome.template.system = "Sort this for {{ input.reader }}."
        for seed in 0..<50 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let child = WriteAnew().apply(
                to: genome, Workshop(examples: Self.examples, failed: []), using: &generator)
            #expect(child?.template.system?.contains("{{ input.reader }}") == true)
        }
    }

    @Test("an answer that is given too seldom is shown more, or last, or others less")
    func leaning() {
        let share = { (genome: Genome) in
            let shown = genome.template.demonstrations
            return Double(shown.count { $0.assistant == "mixed" }) / Double(shown.count)
        }
        for seed in 0..<50 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let workshop = Workshop(examples: Self.examples, failed: [], neglected: "mixed")
            guard let child = CounterLean().apply(to: Self.start, workshop, using: &generator) else { continue }
            #expect(share(child) > share(Self.start) || child.template.demonstrations.last?.assistant == "mixed")
            #expect(Set(child.template.demonstrations).count == child.template.demonstrations.count)
        }
        #expect(Self.apply(CounterLean()).isEmpty)
    }

    @Test("sentences joined again are the text, and dropping one keeps what the template needs")
    func sentences() {
        let text = "One. Two!  Three?\nFour {{ input }} five... Six"
        #expect(Sentences.split(text).joined() == text)
        #expect(Sentences.split(text) == ["One. ", "Two!  ", "Three?\n", "Four {{ input }} five... ", "Six"])
        var genome = Self.start
        genome.template.system = text
        for seed in 0..<50 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let child = DropSentence().apply(
                to: genome, Workshop(examples: [], failed: []), using: &generator)
            #expect(child?.template.system?.contains("{{ input }}") ?? true)
        }
    }

    @Test("wordings name the labels where there are few, and not where every answer is another")
    func wordings() {
        let few = Self.apply(ChooseWording()).compactMap(\.template.system)
        #expect(few.contains { $0.contains("bad, good, mixed") || $0.contains("bad, good or mixed") })
        let free = (0..<20).map { Example(caseID: "\($0)", input: "i\($0)", answer: "answer \($0)") }
        for seed in 0..<50 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let child = ChooseWording().apply(
                to: Self.start, Workshop(examples: free, failed: []), using: &generator)
            #expect(child?.template.system?.contains("answer 1") == false)
        }
    }

    @Test("the proposer says the same to the same question, and nothing that the board knows")
    func proposer() throws {
        var board = Scoreboard()
        let added = board.add(Self.start, parents: [], maker: "today")
        let parent = try #require(added)
        let proposer = OperatorProposer(examples: Self.examples, seed: 5)
        for number in 0..<40 {
            let request = ProposalRequest(number: number, genome: parent.genome, parents: [0], cases: ["train-0"])
            let (first, second) = (proposer.propose(request, knowing: board), proposer.propose(request, knowing: board))
            let proposal = try #require(first)
            #expect(proposal.genome == second?.genome && !board.knows(proposal.genome))
            _ = board.add(proposal.genome, parents: [0], maker: proposal.maker)
        }
        #expect(Set(board.candidates.map(\.maker)).count > 5)
    }

    @Test("the first proposals are mostly whole new prompts, the later ones what paid")
    func opening() throws {
        var board = Scoreboard()
        let added = board.add(Self.start, parents: [], maker: "today")
        let parent = try #require(added)
        let proposer = OperatorProposer(examples: Self.examples, seed: 7)
        let makers = (0..<40).map { number in
            let request = ProposalRequest(number: number, genome: parent.genome, parents: [0], cases: ["train-0"])
            return proposer.propose(request, knowing: board)?.maker
        }
        let anew = makers.count { $0 == "write anew" }
        #expect((30..<40).contains(anew), "\(anew)")
    }

    @Test("a lean is countered where the parent fails one answer's cases more than another's")
    func neglect() throws {
        var board = Scoreboard()
        let added = board.add(Self.start, parents: [], maker: "today")
        let parent = try #require(added)
        for example in Self.examples {
            let score: Double = example.answer == "mixed" ? 0 : 1
            let result = TrialResult(score: score, passed: score == 1, cost: 1, seconds: 1)
            board.record(result, of: SearchTrial(candidate: 0, caseID: example.caseID))
        }
        let proposer = OperatorProposer(examples: Self.examples, seed: 8)
        let offers = (100..<300).compactMap { number in
            let request = ProposalRequest(
                number: number, genome: parent.genome, parents: [0], cases: ["train-2", "train-0"])
            return proposer.propose(request, knowing: board)
        }.filter { $0.maker == "counter a lean" }
        #expect(!offers.isEmpty)
        let shown = offers.flatMap {
            Set($0.genome.template.demonstrations).subtracting(Self.start.template.demonstrations)
        }
        #expect(!shown.isEmpty && shown.allSatisfy { $0.assistant == "mixed" })
    }

    @Test("an operator whose children gain is drawn more and more often")
    func learning() throws {
        var board = Scoreboard()
        let added = board.add(Self.start, parents: [], maker: "today")
        let parent = try #require(added)
        let proposer = OperatorProposer(examples: Self.examples, seed: 6)
        let result = { (score: Double) in TrialResult(score: score, passed: score == 1, cost: 1, seconds: 1) }
        board.record(result(0.5), of: SearchTrial(candidate: 0, caseID: "train-0"))
        for number in 100..<300 {
            let request = ProposalRequest(number: number, genome: parent.genome, parents: [0], cases: ["train-0"])
            guard let proposal = proposer.propose(request, knowing: board) else { continue }
            let added = board.add(proposal.genome, parents: [0], maker: proposal.maker)
            let child = try #require(added)
            let score: Double = proposal.maker == "choose demonstrations" ? 1 : 0
            board.record(result(score), of: SearchTrial(candidate: child.number, caseID: "train-0"))
        }
        let late = board.candidates.suffix(100).count { $0.maker == "choose demonstrations" }
        #expect(late > 80, "\(late) of 100")
    }
}
