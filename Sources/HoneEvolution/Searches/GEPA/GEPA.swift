import HoneCore

/// Genetic-Pareto prompt evolution (Agrawal et al., arXiv 2507.19457): a parent from the per-case Pareto front, proposals
/// made from what it did on minibatches, trials on the same cases, merges, and validation of the best.
///
/// What it saves over the original, whose every child pays for two minibatches and every accepted one for all validation
/// cases: several proposals share their parent's trials; a child begins with a case that its parent failed and goes on only
/// when it solves that (``Screening``), and only until it is told apart from its parent (``Contest``); what several children
/// gained is merged and tried together; every result counts for all relatives (``Worths``); validation is kept for the few
/// that are best at the end; and nothing is run twice.
///
/// To search another way, change what stands behind ``ParentSelection``, ``Batching`` and ``Acceptance``.
public struct GEPA: SearchStrategy {
    /// Turns in a row without a new candidate after which nothing more is to be expected.
    static let mostIdleTurns = 30
    /// Cases in a proposal's minibatch: one that failed, and others that passed.
    static let minibatch = 3
    /// Train cases that a parent must have done, and those that one does on top whose children came to nothing.
    static let sight = 12
    static let glance = 4
    /// Proposals per round as long as what they gain contradicts: only one of them can be taken.
    static let narrow = 3
    /// Candidates between which the validation cases decide at the end, the cases that they do at once, and the share of
    /// the trials that is kept for it.
    private static let finalists = 3
    private static let heat = 5
    private static let reserve = 0.2

    enum Phase: Sendable, Hashable, Codable {
        case start
        /// The parent does train cases.
        case observing(Int)
        /// Proposals are open; the failed case of each, by number.
        case proposing(Int, cases: [Int: String])
        case screening(Screening)
        case contest(Contest)
        case validation
    }

    let lanes: Int
    /// Proposals that are made in a round now.
    var width: Int
    /// Train cases that the next parent does on top.
    var glance = 0
    var phase = Phase.start
    /// Today's prompt and all that were accepted.
    var pool = [0]
    var batches = EpochBatches(size: 1)
    var acceptance = LikelyGain()
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
        width = self.lanes
    }

    var accepted: [Int]? { pool }

    mutating func next(after last: Wave?, at bench: inout SearchBench) -> Wave? {
        switch phase {
        case .start:
            let most = (Self.finalists + 1) * bench.cases.validation.count
            end = min(Int(Self.reserve * Double(bench.rolloutsLeft)), most)
            return turn(at: &bench)
        case .observing(let parent): return observation(of: parent, at: &bench) ?? propose(parent, at: &bench)
        case .proposing(let parent, let cases): return screen(parent, cases, last, at: &bench)
        case .screening(let screening): return screening.next(at: bench) ?? contend(screening, at: &bench)
        case .contest(var contest):
            guard let wave = contest.next(by: acceptance, at: &bench) else { return settle(contest, at: &bench) }
            phase = .contest(contest)
            return wave
        case .validation: return validation(at: bench) ?? turn(at: &bench)
        }
    }

    /// Those that are still in a contest are as good as accepted: validation tells.
    mutating func close(at bench: SearchBench) {
        if case .contest(let contest) = phase {
            pool = (pool + contest.winners + contest.contenders).uniqued()
        }
        (isClosed, idleTurns, phase) = (true, Self.mostIdleTurns, .validation)
    }

    mutating func turn(at bench: inout SearchBench) -> Wave? {
        let isIdle = idleTurns >= Self.mostIdleTurns
        if !isClosed, isIdle || bench.rolloutsLeft <= end {
            isClosed = true
            phase = .validation
            return Wave()
        }
        if isIdle { return nil }
        if mergesDue > 0, startMerge(at: &bench) { return Wave() }
        phase = .observing(selection.parent(among: pool, at: &bench))
        return Wave()
    }

    /// What is left at the end goes to the most promising, whoever that is after each heat, and to today's prompt beside
    /// them, so that the gain can be told.
    private func validation(at bench: SearchBench) -> Wave? {
        let means = bench.worths().means
        let ranked = pool.sorted { means[$0] == means[$1] ? $0 > $1 : means[$0] > means[$1] }
        let trials = (ranked.prefix(Self.finalists) + [0]).uniqued().flatMap {
            bench.missing($0, on: bench.cases.validation).prefix(Self.heat)
        }
        return trials.isEmpty ? nil : Wave(trials: trials)
    }

    /// Two of the front in one, against the better of them.
    private mutating func startMerge(at bench: inout SearchBench) -> Bool {
        mergesDue -= 1
        guard let (genome, parents) = merge.child(among: pool, at: &bench),
            let child = bench.board.add(genome, parents: parents, maker: "merge")
        else { return false }
        phase = .contest(Contest(of: [child.number], against: bench.worths().best(of: parents)))
        return true
    }
}
