import HoneCore

/// Genetic-Pareto prompt evolution (Agrawal et al., arXiv 2507.19457): a parent from the per-case Pareto front, a proposal
/// made from what it did on a minibatch, a first trial on the same minibatch, validation of those that gained, and merges.
///
/// Validation is a ``Race``, and nothing is run twice: these two are what it saves over the original.
public struct GEPA: SearchStrategy {
    /// Turns in a row without a new candidate after which nothing more is to be expected.
    private static let mostIdleTurns = 30

    private enum Phase: Sendable, Hashable, Codable {
        case start
        /// The parents do the minibatches.
        case parents([Lane])
        /// Proposals are open, one per lane.
        case proposals([Lane], numbers: [Int])
        /// The children do their parents' minibatches.
        case children([Lane])
        /// A merged child does some validation cases that tell its parents apart.
        case merged(Int, cases: [String])
        case validation(Race)
    }

    /// One parent and what is made of it.
    private struct Lane: Sendable, Hashable, Codable {
        let parent: Int
        let batch: [String]
        var child: Int?
    }

    private let lanes: Int
    private var phase = Phase.start
    private var selection = ParetoSampling()
    private var batches: EpochBatches
    private var acceptance = StrictGain()
    private var merge = Merge()
    /// Merges that accepted children have earned.
    private var mergesDue = 0
    private var idleTurns = 0

    /// `lanes` parents are worked on side by side, each on `minibatch` cases.
    public init(minibatch: Int = 3, lanes: Int = 1) {
        self.lanes = max(1, lanes)
        batches = EpochBatches(size: minibatch)
    }

    mutating func next(after last: Wave?, at bench: inout SearchBench) -> Wave? {
        switch phase {
        case .start: return validate([0], at: bench)
        case .parents(let lanes): return propose(lanes, at: &bench)
        case .proposals(let lanes, let numbers): return screen(lanes, numbers.map { last?.proposed($0) }, at: &bench)
        case .children(let lanes): return accept(lanes, at: bench)
        case .merged(let child, let cases): return acceptMerge(child, cases, at: bench)
        case .validation(var race):
            guard let heat = race.next(at: bench) else { return turn(at: &bench) }
            phase = .validation(race)
            return heat
        }
    }

    private mutating func turn(at bench: inout SearchBench) -> Wave? {
        if mergesDue > 0, let wave = startMerge(at: &bench) { return wave }
        guard idleTurns < Self.mostIdleTurns else { return nil }
        let open = (0..<lanes).map { _ in
            Lane(parent: selection.parent(at: &bench), batch: batches.batch(at: &bench))
        }
        phase = .parents(open)
        return Wave(trials: open.flatMap { bench.missing($0.parent, on: $0.batch) }.uniqued())
    }

    private mutating func propose(_ lanes: [Lane], at bench: inout SearchBench) -> Wave {
        let proposals = lanes.map { bench.proposal(from: [$0.parent], on: $0.batch) }
        phase = .proposals(lanes, numbers: proposals.map(\.number))
        return Wave(proposals: proposals)
    }

    /// A proposal that is no news is dropped; a turn without any counts as idle.
    private mutating func screen(_ lanes: [Lane], _ proposed: [Wave.Proposed?], at bench: inout SearchBench) -> Wave {
        let fruitful = zip(lanes, proposed).flatMap { lane, answer in
            (answer?.genomes ?? []).compactMap { genome in
                bench.board.add(genome, parents: [lane.parent], maker: answer?.maker ?? "").map {
                    Lane(parent: lane.parent, batch: lane.batch, child: $0.number)
                }
            }
        }
        idleTurns = fruitful.isEmpty ? idleTurns + 1 : 0
        phase = .children(fruitful)
        return Wave(trials: fruitful.flatMap { lane in lane.child.map { bench.missing($0, on: lane.batch) } ?? [] })
    }

    private mutating func accept(_ lanes: [Lane], at bench: SearchBench) -> Wave? {
        let accepted = lanes.compactMap { lane -> Int? in
            guard let child = lane.child else { return nil }
            let pairs = bench.paired(lane.parent, child, on: lane.batch).map { (parent: $0.0, child: $0.1) }
            return acceptance.accepts(pairs) ? child : nil
        }
        mergesDue += accepted.count
        return validate(accepted, at: bench)
    }

    /// The first heat is a quarter of the cases.
    private mutating func validate(_ candidates: [Int], at bench: SearchBench) -> Wave {
        phase = .validation(Race(candidates, heat: (bench.cases.validation.count + 3) / 4))
        return Wave()
    }
}

// MARK: merging

extension GEPA {
    /// Cases on which a merged child is first compared with its parents.
    private static let mergeCases = 5

    private mutating func startMerge(at bench: inout SearchBench) -> Wave? {
        mergesDue -= 1
        guard let (genome, parents) = merge.child(at: &bench),
            let child = bench.board.add(genome, parents: parents, maker: "merge")
        else { return nil }
        let cases = tellingCases(parents, at: &bench)
        phase = .merged(child.number, cases: cases)
        return Wave(trials: bench.missing(child.number, on: cases))
    }

    /// Cases that tell the parents apart come first.
    private func tellingCases(_ parents: [Int], at bench: inout SearchBench) -> [String] {
        let (one, other) = (parents[0], parents[1])
        let shared = bench.cases.validation.filter {
            bench.board.score(of: one, on: $0) != nil && bench.board.score(of: other, on: $0) != nil
        }
        let shuffled = shared.shuffled(using: &bench.generator)
        let telling = shuffled.filter { bench.board.score(of: one, on: $0) != bench.board.score(of: other, on: $0) }
        return Array((telling + shuffled.filter { !telling.contains($0) }).prefix(Self.mergeCases))
    }

    /// A merged child must do at least as well as the better of its parents.
    private mutating func acceptMerge(_ child: Int, _ cases: [String], at bench: SearchBench) -> Wave {
        let sum = { (number: Int) in cases.compactMap { bench.board.score(of: number, on: $0) }.reduce(0, +) }
        let best = bench.board.candidates[child].parents.map(sum).max() ?? 0
        return validate(sum(child) >= best ? [child] : [], at: bench)
    }
}

extension Array where Element: Hashable {
    /// Each element once, where it first stood.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
