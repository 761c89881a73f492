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

    /// The answers there are, most frequent first.
    var answers: [String] {
        Dictionary(grouping: examples, by: \.answer).sorted {
            $0.value.count == $1.value.count ? $0.key < $1.key : $0.value.count > $1.value.count
        }.map(\.key)
    }

    /// Examples that a prompt does not show yet.
    func fresh(for genome: Genome) -> [Example] {
        let shown = Set(genome.template.demonstrations.map(\.user))
        return examples.filter { !shown.contains($0.input) }
    }
}

extension Demonstration {
    init(_ example: Example) {
        self.init(user: example.input, assistant: example.answer)
    }
}
