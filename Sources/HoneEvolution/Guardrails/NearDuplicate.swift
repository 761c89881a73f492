import HoneCore

/// Finds prompts that were tried under another spelling: a trial of one more would buy nothing.
struct NearDuplicate {
    /// From so many words on an instruction may differ in a few and still say the same.
    private static let longInstruction = 60
    private static let runLength = 3
    private static let likeness = 0.95
    /// Words that are gone or new: one that was replaced is two.
    private static let fewChanges = 2

    func refusal(of child: Genome, among known: [Genome]) -> GuardrailRefusal? {
        guard known.contains(where: { says(child, the: $0) }) else { return nil }
        return GuardrailRefusal(.duplicate, "it says what a known prompt says")
    }

    /// The same examples, in the same order, under the same parameters, are asked for; a search that turns a parameter or
    /// swaps an example has found something new.
    private func says(_ child: Genome, the known: Genome) -> Bool {
        guard form(of: child) == form(of: known),
            PromptWords(child.template.user) == PromptWords(known.template.user),
            child.template.demonstrations.elementsEqual(known.template.demonstrations, by: isSame)
        else { return false }
        let (mine, theirs) = (PromptWords(child.template.system ?? ""), PromptWords(known.template.system ?? ""))
        if mine == theirs { return true }
        guard min(mine.words.count, theirs.words.count) >= Self.longInstruction else { return false }
        return mine.changes(to: theirs) <= Self.fewChanges
            && mine.likeness(to: theirs, runsOf: Self.runLength) >= Self.likeness
    }

    private func isSame(_ one: Demonstration, _ other: Demonstration) -> Bool {
        PromptWords(one.user) == PromptWords(other.user) && PromptWords(one.assistant) == PromptWords(other.assistant)
    }

    /// All but the words.
    private func form(of genome: Genome) -> Genome {
        var form = genome
        (form.template.system, form.template.user, form.template.demonstrations) = (nil, "", [])
        return form
    }
}
