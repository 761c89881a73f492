import HoneCore

/// Writes the whole prompt anew: instruction, examples, and sometimes question, label words and form of the answer, all at
/// once.
///
/// Parts of a prompt depend on one another: examples do not help beside an instruction that speaks of something else, nor
/// does the right instruction beside the wrong examples, so single steps find no way from the one to the other. Instruction
/// and demonstrations are therefore chosen jointly (MIPRO, arXiv 2406.11695), and at random, which is hard to beat
/// (Bergstra and Bengio, JMLR 13, 2012).
struct WriteAnew: PromptOperator {
    /// What is chosen again, in this order, and how often: what changes the form of a task is rarely for the better.
    private static let steps: [(step: any PromptOperator, chance: Double)] = [
        (ChooseLabelWords(), 0.25), (ChooseWording(), 0.9), (ChooseQuestion(), 0.25), (ChooseDemonstrations(), 0.8),
        (ForceChoice(), 0.4),
    ]

    let name = "write anew"

    func apply(to genome: Genome, _ workshop: Workshop, using generator: inout SeededGenerator) -> Genome? {
        let labels = (genome.template.labels ?? [:]).keys.sorted()
        var child = genome.saying(labels, for: labels)
        (child.template.demonstrations, child.template.answer) = ([], nil)
        // What the template needs stays.
        let isBound = !TemplateTags(genome.template.system ?? "").marks.isEmpty
        if !isBound { child.template.system = nil }
        for (step, chance) in Self.steps where generator.nextUnit() < chance && !(isBound && step is ChooseWording) {
            child = step.apply(to: child, workshop, using: &generator) ?? child
        }
        return child == genome ? nil : child
    }
}
