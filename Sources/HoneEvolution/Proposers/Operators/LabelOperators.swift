import HoneCore

/// Has the model say other words for the labels; what it says is told as the label again. Small models know some words
/// much better than others: `good` and `bad` than `positive` and `negative`.
struct ChooseLabelWords: PromptOperator {
    let name = "choose label words"

    func apply(to genome: Genome, _ workshop: Workshop, using generator: inout SeededGenerator) -> Genome? {
        guard let labels = workshop.labels else { return nil }
        let sets = LabelVocabulary.sets(for: labels)
        guard let words = sets.filter({ $0 != genome.words(for: labels) }).randomElement(using: &generator) else {
            return nil
        }
        return genome.saying(words, for: labels)
    }
}

/// Forces the answer to be one of the labels, in an order of its own, or leaves it free again.
struct ForceChoice: PromptOperator {
    let name = "force a choice"

    func apply(to genome: Genome, _ workshop: Workshop, using generator: inout SeededGenerator) -> Genome? {
        guard let labels = workshop.labels else { return nil }
        var child = genome
        let isForced = genome.template.answer != nil
        // Order moves the first token's odds.
        let order = labels.shuffled(using: &generator)
        child.template.answer = isForced && Bool.random(using: &generator) ? nil : .choices(order)
        return child == genome ? nil : child
    }
}

/// Words that can be said for labels.
enum LabelVocabulary {
    /// Words that mean the same, by label; each column of a row is one set.
    private static let synonyms: [[String]] = [
        ["positive", "good", "happy", "yes", "pro"],
        ["negative", "bad", "angry", "no", "contra"],
        ["neutral", "mixed", "unsure", "maybe", "even"],
        ["true", "yes", "right", "correct", "agree"],
        ["false", "no", "wrong", "incorrect", "disagree"],
        ["spam", "junk", "bad", "yes", "unwanted"],
        ["ham", "mail", "good", "no", "wanted"],
    ]

    /// One word for each label, in their order; the labels themselves come first.
    static func sets(for labels: [String]) -> [[String]] {
        let rows = labels.map { label in synonyms.first { $0[0] == label.lowercased() } }
        let known = rows.allSatisfy { $0 != nil } ? rows.compactMap(\.self) : []
        let columns = known.isEmpty ? [] : (1..<synonyms[0].count).map { column in known.map { $0[column] } }
        let letters = labels.indices.map { String(UnicodeScalar(UInt8(ascii: "A") + UInt8($0))) }
        let capitals = labels.map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return ([labels] + columns + [letters, capitals]).filter { Set($0).count == labels.count }
    }
}
