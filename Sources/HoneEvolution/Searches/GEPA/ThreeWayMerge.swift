import HoneCore

/// Puts together what several prompts changed in the one they come from (system-aware merge; GEPA, arXiv 2507.19457,
/// appendix F): by genes, and where several changed the instruction, by sentences.
struct ThreeWayMerge {
    private let base: Genome
    private(set) var genome: Genome

    init(of base: Genome) {
        self.base = base
        genome = base
    }

    /// Takes over all that `child` changed; false, and nothing taken, when some of it contradicts what was taken before.
    mutating func take(_ child: Genome) -> Bool {
        let before = genome
        for gene in changes(of: child) {
            guard let joined = joined(with: child, in: gene) else {
                genome = before
                return false
            }
            genome = joined
        }
        return true
    }

    /// Takes over what contradicts nothing that was taken before.
    mutating func takeWhatFits(of child: Genome) {
        for gene in changes(of: child) { genome = joined(with: child, in: gene) ?? genome }
    }

    private func changes(of child: Genome) -> [Gene] {
        Gene.allCases.filter { !child.agrees(with: base, in: $0) }
    }

    /// Nil when both changed the gene, and not the same way.
    private func joined(with child: Genome, in gene: Gene) -> Genome? {
        var joined = genome
        if genome.agrees(with: base, in: gene) {
            joined.inherit(gene, from: child)
        } else if genome.agrees(with: child, in: gene) {
            return genome
        } else if gene == .instruction, let text = sentences(of: genome, and: child) {
            joined.template.system = text
        } else if gene == .demonstrations, let all = demonstrations(of: genome, and: child) {
            joined.template.demonstrations = all
        } else {
            return nil
        }
        return joined
    }

    private func sentences(of joined: Genome, and child: Genome) -> String? {
        let (child, base) = (child.inTerms(of: joined), base.inTerms(of: joined))
        return SentenceMerge.join(
            joined.template.system ?? "", child.template.system ?? "", base: base.template.system ?? "")
    }

    /// Both must only have added.
    private func demonstrations(of joined: Genome, and child: Genome) -> [Demonstration]? {
        let question = joined.template.user
        let (old, others) = (base.demonstrations(putBy: question), child.demonstrations(putBy: question))
        let mine = joined.template.demonstrations
        guard old.allSatisfy(mine.contains), old.allSatisfy(others.contains) else { return nil }
        let all = mine + others.filter { !mine.contains($0) }
        return all.count <= AddDemonstrations.most ? all : nil
    }
}

/// Edits of one text by several hands, in one text again.
enum SentenceMerge {
    /// What is left of the base in both, then what each added. Nil when one of them is a new text rather than an edit, of
    /// which less than half of the base is left.
    static func join(_ one: String, _ other: String, base: String) -> String? {
        let (old, mine, others) = (Sentences.split(base), Sentences.split(one), Sentences.split(other))
        let (known, left, added) = (Set(old.map(\.core)), Set(others.map(\.core)), Set(mine.map(\.core)))
        guard keepsHalf(mine, of: known), keepsHalf(others, of: known) else { return nil }
        var text = mine.filter { !known.contains($0.core) || left.contains($0.core) }.joined()
        for (place, sentence) in others.enumerated()
        where !known.contains(sentence.core) && !added.contains(sentence.core) {
            if let last = text.last, !last.isWhitespace {
                text += place > 0 ? others[place - 1][...].suffix(while: \.isWhitespace) : " "
            }
            text += sentence
        }
        return text
    }

    private static func keepsHalf(_ sentences: [String], of known: Set<Substring>) -> Bool {
        2 * Set(sentences.map(\.core)).intersection(known).count >= known.count
    }
}
