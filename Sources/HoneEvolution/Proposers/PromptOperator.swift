import HoneCore

/// A way to change a prompt that needs no model.
protocol PromptOperator: Sendable {
    /// What candidates made by it are marked with.
    var name: String { get }

    /// A changed genome; nil when there is nothing here that it could change.
    func apply(to genome: Genome, _ workshop: Workshop, using generator: inout SeededGenerator) -> Genome?
}

/// What operators work with.
struct Workshop: Sendable {
    let examples: [Example]
    /// Cases of the minibatch that the parent failed.
    let failed: Set<String>
    /// Those that it passed.
    let passed: Set<String>
    /// The answer whose cases the parent fails more often than others'; nil where it favours none.
    let neglected: String?
    /// How the inputs of the examples are put: as today's prompt does.
    let question: QuestionForm?

    /// `today` is the user's turn of the prompt that the examples' inputs were put by.
    init(
        examples: [Example], failed: Set<String>, passed: Set<String> = [], neglected: String? = nil,
        today: String = "{{ input }}"
    ) {
        self.examples = examples
        self.failed = failed
        self.passed = passed
        self.neglected = neglected
        question = QuestionForm(today)
    }

    /// The answers there are, most frequent first.
    var answers: [String] {
        Dictionary(grouping: examples, by: \.answer).sorted {
            $0.value.count == $1.value.count ? $0.key < $1.key : $0.value.count > $1.value.count
        }.map(\.key)
    }

    /// The answers, when they are few enough to be labels; in order, so that they stand the same way everywhere.
    var labels: [String]? {
        let answers = Set(examples.map(\.answer)).sorted()
        return (2...Self.mostLabels).contains(answers.count) && 2 * answers.count <= examples.count ? answers : nil
    }

    /// An example as a genome puts its inputs.
    func demonstration(_ example: Example, in genome: Genome) -> Demonstration {
        let raw = question?.input(of: example.input)
        let user = raw.flatMap { QuestionForm(genome.template.user)?.around($0) } ?? example.input
        return Demonstration(user: user, assistant: example.answer)
    }

    /// Examples that a prompt does not show yet.
    func fresh(for genome: Genome) -> [Example] {
        let shown = Set(genome.template.demonstrations.map(\.user))
        return examples.filter { !shown.contains(demonstration($0, in: genome).user) }
    }

    static let mostLabels = 12
}

extension Demonstration {
    init(_ example: Example) {
        self.init(user: example.input, assistant: example.answer)
    }
}
