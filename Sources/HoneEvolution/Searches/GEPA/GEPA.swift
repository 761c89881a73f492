/// Genetic-Pareto prompt evolution (Agrawal et al., arXiv 2507.19457): a parent from the per-case Pareto front, proposals
/// made from what it did on minibatches, trials on the same cases, merges, and validation of those that gained.
///
/// What it saves over the original, whose every child pays for two minibatches and every accepted one for all validation
/// cases: several proposals share their parent's trials; a child begins with a case that its parent failed and goes on only
/// when it solves that (``Screening``), and only as long as it can gain (``Contest``); what several children gained is
/// merged and tried together; validation comes in heats, and whole only for the finalists; and nothing is run twice.
///
/// To search another way, change what stands behind ``ParentSelection``, ``Batching`` and ``Acceptance``.
public struct GEPA: SearchStrategy {
    /// Turns in a row without a new candidate after which nothing more is to be expected.
    static let mostIdleTurns = 30
    /// Cases in a proposal's minibatch: one that failed, and others that passed.
    static let minibatch = 3
    /// Cases that a child must be compared on before it is accepted, and that a parent must have done.
    static let sight = 8
    /// Validation cases that an accepted child does at once: enough to be the best.
    static let heat = 10
    /// Candidates between which all validation cases decide at the end, and the share of the trials that is kept for it.
    private static let finalists = 2
    private static let reserve = 0.2

    enum Phase: Sendable, Hashable, Codable {
        case start
        /// The parent does train cases.
        case observing(Int)
        /// Proposals are open; the failed case of each, by number.
        case proposing(Int, cases: [Int: String])
        case screening(Screening)
        case contest(Contest)
        case validation(Race)
    }

    let lanes: Int
    var phase = Phase.start
    /// Today's prompt and all that were accepted.
    var pool = [0]
    var batches = EpochBatches(size: 1)
    var acceptance = StrictGain()
    var idleTurns = 0
    /// Merges that accepted children have earned.
    var mergesDue = 0
    private var selection = ParetoSampling()
    private var merge = Merge()
    /// Rollouts left at which only the finalists are run.
    private var end = 0
    private var isClosed = false

    /// `lanes` proposals are made from one parent, side by side.
    public init(lanes: Int = 10) {
        self.lanes = max(1, lanes)
    }

    mutating func next(after last: Wave?, at bench: inout SearchBench) -> Wave? {
        switch phase {
        case .start: return start(at: bench)
        case .observing(let parent): return propose(parent, at: &bench)
        case .proposing(let parent, let cases): return screen(parent, cases, last, at: &bench)
        case .screening(let screening): return screening.next(at: bench) ?? contend(screening, at: &bench)
        case .contest(var contest):
            guard let wave = contest.next(at: bench) else { return settle(contest, at: bench) }
            phase = .contest(contest)
            return wave
        case .validation(var race):
            guard let heat = race.next(at: bench) else { return turn(at: &bench) }
            phase = .validation(race)
            return heat
        }
    }

    private mutating func start(at bench: SearchBench) -> Wave {
        end = Int(Self.reserve * Double(bench.rolloutsLeft))
        return validate([0], heats: 1)
    }

    private mutating func turn(at bench: inout SearchBench) -> Wave? {
        let isIdle = idleTurns >= Self.mostIdleTurns
        if !isClosed, isIdle || bench.rolloutsLeft <= end { return close(at: bench) }
        if isIdle { return nil }
        if mergesDue > 0, let wave = startMerge(at: &bench) { return wave }
        let parent = selection.parent(among: pool, at: &bench)
        phase = .observing(parent)
        return Wave(trials: observation(of: parent, at: &bench))
    }

    /// What is left at the end goes to the validation of the most promising.
    private mutating func close(at bench: SearchBench) -> Wave {
        isClosed = true
        let ranked = pool.map { ($0, bench.estimate($0)) }.sorted { $0.1 == $1.1 ? $0.0 < $1.0 : $0.1 > $1.1 }
        return validate(ranked.prefix(Self.finalists).map(\.0), heats: nil)
    }

    mutating func validate(_ candidates: [Int], heats: Int?) -> Wave {
        phase = .validation(Race(candidates, heat: Self.heat, heats: heats))
        return Wave()
    }

    /// Two of the front in one, against the better of them.
    private mutating func startMerge(at bench: inout SearchBench) -> Wave? {
        mergesDue -= 1
        guard let (genome, parents) = merge.child(among: pool, at: &bench),
            let child = bench.board.add(genome, parents: parents, maker: "merge")
        else { return nil }
        let rival = bench.best(of: parents)
        let done = (bench.cases.train + bench.cases.validation).filter { bench.board.result(of: rival, on: $0) != nil }
        let cases = Array(done.shuffled(using: &bench.generator).prefix(Self.sight))
        phase = .contest(Contest(of: [child.number], against: rival, on: cases))
        return Wave()
    }
}
