import HoneCore

/// Shows one to four more examples, first of cases that the parent failed.
struct AddDemonstrations: PromptOperator {
    static let most = 16

    let name = "add demonstrations"

    func apply(to genome: Genome, _ workshop: Workshop, using generator: inout SeededGenerator) -> Genome? {
        let places = Self.most - genome.template.demonstrations.count
        let fresh = workshop.fresh(for: genome).shuffled(using: &generator)
        let failed = fresh.filter { workshop.failed.contains($0.caseID) }
        let count = min(places, Int.random(in: 1...4, using: &generator))
        guard count > 0, !fresh.isEmpty else { return nil }
        let chosen = (failed + fresh.filter { !workshop.failed.contains($0.caseID) }).prefix(count)
        var child = genome
        child.template.demonstrations += chosen.map { workshop.demonstration($0, in: genome) }
        return child
    }
}

/// Leaves an example out.
struct DropDemonstration: PromptOperator {
    let name = "drop a demonstration"

    func apply(to genome: Genome, _ workshop: Workshop, using generator: inout SeededGenerator) -> Genome? {
        guard let place = genome.template.demonstrations.indices.randomElement(using: &generator) else { return nil }
        var child = genome
        child.template.demonstrations.remove(at: place)
        return child
    }
}

/// Shows the same examples in another order: models weigh the last ones most.
struct ReorderDemonstrations: PromptOperator {
    let name = "reorder demonstrations"

    func apply(to genome: Genome, _ workshop: Workshop, using generator: inout SeededGenerator) -> Genome? {
        guard genome.template.demonstrations.count > 1 else { return nil }
        var child = genome
        child.template.demonstrations.shuffle(using: &generator)
        return child == genome ? nil : child
    }
}

/// Starts over with a set of 4, 8 or 16 examples in which every answer comes up equally often.
struct ChooseDemonstrations: PromptOperator {
    let name = "choose demonstrations"

    func apply(to genome: Genome, _ workshop: Workshop, using generator: inout SeededGenerator) -> Genome? {
        let size = [4, 8, 16].randomElement(using: &generator) ?? 8
        let chosen = BalancedDraw.draw(size, of: workshop.examples, using: &generator)
        guard !chosen.isEmpty else { return nil }
        var child = genome
        child.template.demonstrations = chosen.map { workshop.demonstration($0, in: genome) }
        return child
    }
}

/// Starts over with up to four examples that the parent itself solved, and some that are only known (bootstrapped and
/// labelled demonstrations; MIPRO, arXiv 2406.11695, and DSPy's defaults of four and sixteen in all).
struct BootstrapDemonstrations: PromptOperator {
    private static let mostBootstrapped = 4

    let name = "bootstrap demonstrations"

    func apply(to genome: Genome, _ workshop: Workshop, using generator: inout SeededGenerator) -> Genome? {
        let solved = workshop.examples.filter { workshop.passed.contains($0.caseID) }
        guard !solved.isEmpty else { return nil }
        let own = BalancedDraw.draw(Self.mostBootstrapped, of: solved, using: &generator)
        let rest = workshop.examples.filter { !own.contains($0) }
        let size = Int.random(in: 0...(AddDemonstrations.most - own.count) / 2, using: &generator)
        let chosen = own + BalancedDraw.draw(size, of: rest, using: &generator)
        var child = genome
        child.template.demonstrations = chosen.shuffled(using: &generator).map {
            workshop.demonstration($0, in: genome)
        }
        return child
    }
}

/// Draws examples so that the answers take turns.
enum BalancedDraw {
    static func draw(_ count: Int, of examples: [Example], using generator: inout SeededGenerator) -> [Example] {
        var piles = Dictionary(grouping: examples, by: \.answer).sorted { $0.key < $1.key }.map(\.value)
        for place in piles.indices { piles[place].shuffle(using: &generator) }
        piles.shuffle(using: &generator)
        var chosen: [Example] = []
        while chosen.count < count, piles.contains(where: { !$0.isEmpty }) {
            for place in piles.indices where chosen.count < count {
                if let next = piles[place].popLast() { chosen.append(next) }
            }
        }
        return chosen
    }
}
