import HoneCore

/// Leans against an answer that is given too often. A model favours the answer that it was shown most often, and the one it
/// was shown last (Zhao et al., arXiv 2102.09690): so the answer whose cases fail most is shown once more at the end, or in
/// the place of another, or another is shown once less.
struct CounterLean: PromptOperator {
    let name = "counter a lean"

    func apply(to genome: Genome, _ workshop: Workshop, using generator: inout SeededGenerator) -> Genome? {
        guard let neglected = workshop.neglected else { return nil }
        var child = genome
        var shown: [Demonstration] {
            get { child.template.demonstrations }
            set { child.template.demonstrations = newValue }
        }
        let fresh = workshop.fresh(for: genome).filter { $0.answer == neglected }.randomElement(using: &generator)
            .map { workshop.demonstration($0, in: genome) }
        let place = shown.indices.filter { shown[$0].assistant != neglected }.randomElement(using: &generator)
        switch (Int.random(in: 0..<4, using: &generator), fresh, place) {
        case (0, let fresh?, _) where shown.count < AddDemonstrations.most: shown.append(fresh)
        case (1, let fresh?, let place?): shown[place] = fresh
        case (2, _, let place?): shown.remove(at: place)
        default:
            guard let last = shown.lastIndex(where: { $0.assistant == neglected }) else { return nil }
            shown.append(shown.remove(at: last))
        }
        return child == genome ? nil : child
    }
}
