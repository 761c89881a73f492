import HoneCore

/// Two prompts give one: every gene comes from either parent, and the instruction, where both have one of several
/// sentences, is cut between sentences and joined. All of it is said in the child's terms.
enum PromptCrossover {
    static func child(_ one: Genome, _ other: Genome, using generator: inout SeededGenerator) -> Genome {
        var child = one
        for gene in Gene.allCases where Bool.random(using: &generator) { child.inherit(gene, from: other) }
        let texts = [one, other].map { $0.inTerms(of: child).template.system ?? "" }
        if Bool.random(using: &generator), let joined = joined(texts[0], texts[1], using: &generator) {
            child.template.system = joined
        }
        return child
    }

    /// The beginning of one and the end of the other; nil when one has but a single sentence.
    private static func joined(_ one: String, _ other: String, using generator: inout SeededGenerator) -> String? {
        let (first, second) = (Sentences.split(one), Sentences.split(other))
        guard first.count > 1, second.count > 1 else { return nil }
        let head = first.prefix(Int.random(in: 1..<first.count, using: &generator))
        let tail = second.suffix(Int.random(in: 1..<second.count, using: &generator)).filter { sentence in
            !head.contains { $0.core == sentence.core }
        }
        let opening = head.joined()
        return opening.last?.isWhitespace == false && !tail.isEmpty
            ? opening + " " + tail.joined() : opening + tail.joined()
    }
}
