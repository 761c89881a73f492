import HoneCore

/// NSGA-II over prompts (Deb et al. 2002) on score, cost and time: parents win binary tournaments, children are crossed by
/// genes and sentences and changed by a proposal, and the best of all generations live on.
///
/// Everybody does the same few train cases at first; who lives on does more of them in every generation, so that evidence
/// gathers where it decides. After each generation the best must prove itself on the validation cases.
public struct NSGA2Search: SearchStrategy {
    private enum Phase: Sendable, Hashable, Codable {
        case start
        case proposals([Int])
        /// The whole population and its newcomers do their cases.
        case trials([Int])
        case validation(Race)
        /// The last one, after which it ends.
        case closing(Race)
    }

    private let size: Int
    private let firstCases: Int
    private var phase = Phase.start
    /// The train cases in the order in which they are done.
    private var order: [String] = []
    /// Candidates alive, and for how many generations each has lived.
    private var ages: [Int: Int] = [:]
    private var idleTurns = 0
    private static let mostIdleTurns = 10
    /// How many of the last population are validated when it is closed.
    private static let finalists = 2

    /// A population of `size`; newcomers do `firstCases` train cases.
    public init(size: Int = 10, firstCases: Int = 8) {
        self.size = max(4, size)
        self.firstCases = max(1, firstCases)
    }

    mutating func next(after last: Wave?, at bench: inout SearchBench) -> Wave? {
        switch phase {
        case .start:
            order = bench.cases.train.shuffled(using: &bench.generator)
            return evaluate([0], at: bench)
        case .proposals(let numbers):
            let newcomers = newcomers(numbers.map { last?.proposed($0) }, at: &bench)
            return evaluate(newcomers, at: bench)
        case .trials(let newcomers):
            select(newcomers, at: bench)
            return validateLeader(at: bench)
        case .validation(var race):
            guard let heat = race.next(at: bench) else { return breed(at: &bench) }
            phase = .validation(race)
            return heat
        case .closing(var race):
            guard let heat = race.next(at: bench) else { return nil }
            phase = .closing(race)
            return heat
        }
    }

    /// Newcomers that have done their first cases count, too.
    mutating func close(at bench: SearchBench) {
        var known = ages.keys.sorted()
        if case .trials(let newcomers) = phase {
            known += newcomers.filter { bench.board.results(of: $0, on: order).count >= min(firstCases, order.count) }
        }
        let leaders = leaders(among: known, bench).prefix(Self.finalists)
        phase = .closing(Race((leaders + [0]).uniqued(), heat: firstCases))
    }

    private mutating func breed(at bench: inout SearchBench) -> Wave? {
        guard idleTurns < Self.mostIdleTurns else { return nil }
        let alive = ages.keys.sorted()
        let standings = Standing.all(in: objectives(alive, bench))
        let children = (0..<size).map { _ in
            let parents = (0..<2).map { _ in Self.winner(alive, standings, using: &bench.generator) }
            let genomes = parents.map { bench.board.candidates[$0].genome }
            let crossed = PromptCrossover.child(genomes[0], genomes[1], using: &bench.generator)
            let done = order.filter { bench.board.result(of: parents[0], on: $0) != nil }
            return bench.proposal(of: crossed, from: parents.uniqued(), on: done)
        }
        phase = .proposals(children.map(\.number))
        return Wave(proposals: children)
    }

    private static func winner(
        _ alive: [Int], _ standings: [Standing], using generator: inout SeededGenerator
    ) -> Int {
        let one = Int.random(in: alive.indices, using: &generator)
        let other = Int.random(in: alive.indices, using: &generator)
        return alive[standings[other].isBetter(than: standings[one]) ? other : one]
    }

    private mutating func newcomers(_ proposed: [Wave.Proposed?], at bench: inout SearchBench) -> [Int] {
        let added = proposed.compactMap(\.self).flatMap { answer in
            answer.genomes.compactMap {
                bench.board.add($0, parents: answer.parents, maker: answer.maker)?.number
            }
        }
        idleTurns = added.isEmpty ? idleTurns + 1 : 0
        return added
    }

    private mutating func evaluate(_ newcomers: [Int], at bench: SearchBench) -> Wave {
        phase = .trials(newcomers)
        let veterans = ages.sorted { $0.key < $1.key }.map { ($0.key, ($0.value + 1) * firstCases) }
        let due = veterans + newcomers.map { ($0, firstCases) }
        return Wave(trials: due.flatMap { bench.missing($0.0, on: order.prefix($0.1)) })
    }

    private mutating func select(_ newcomers: [Int], at bench: SearchBench) {
        let everybody = ages.keys.sorted() + newcomers
        let survivors = Survivors.rows(of: objectives(everybody, bench), count: size).map { everybody[$0] }
        ages = Dictionary(uniqueKeysWithValues: survivors.map { ($0, (ages[$0] ?? 0) + 1) })
    }

    /// Whoever has the best mean must prove it on all cases.
    private mutating func validateLeader(at bench: SearchBench) -> Wave {
        phase = .validation(Race(Array(leaders(among: Array(ages.keys), bench).prefix(1)), heat: firstCases))
        return Wave()
    }

    /// By their means on train cases, the best first, of equals the earlier.
    private func leaders(among known: [Int], _ bench: SearchBench) -> [Int] {
        let means = known.map { (number: $0, mean: bench.board.meanScore(of: $0, on: order) ?? 0) }
        return means.sorted { $0.mean == $1.mean ? $0.number < $1.number : $0.mean > $1.mean }.map(\.number)
    }

    private func objectives(_ candidates: [Int], _ bench: SearchBench) -> ObjectiveTable {
        ObjectiveTable(
            candidates.map { number in
                [
                    bench.board.meanScore(of: number, on: order) ?? 0,
                    -(bench.board.meanCost(of: number, on: order) ?? 0),
                    -(bench.board.meanSeconds(of: number, on: order) ?? 0),
                ]
            })
    }
}
