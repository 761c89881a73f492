import HoneCore

/// A search on its way: asked for what has to be done, told how it went, stored after every step.
///
/// Stored and read back it goes on with the same bytes; so a kill costs nothing that was paid for. Answers may come in any
/// order, and twice.
public struct SearchRun: Sendable, Hashable, Codable {
    private var bench: SearchBench
    private var search: Search
    private var wave: Wave?
    public private(set) var isOver = false
    /// Nil for no.
    private var closed: Bool?

    /// Starts from today's prompt. `rollouts` is how many trials may be run in all.
    public init(_ search: Search, from genome: Genome, cases: SearchCases, rollouts: Int, seed: UInt64) {
        bench = SearchBench(cases: cases, seed: seed, rollouts: rollouts)
        self.search = search
        _ = bench.board.add(genome, parents: [], maker: "today")
        isOver = rollouts <= 0
        advance()
    }

    public var board: Scoreboard { bench.board }
    public var cases: SearchCases { bench.cases }
    public var rolloutsLeft: Int { bench.rolloutsLeft }

    /// Everything that may be done now, side by side; nothing once the search is over.
    public func ask() -> [SearchRequest] {
        guard !isOver, let wave else { return [] }
        return wave.trials.prefix(bench.rolloutsLeft).map(SearchRequest.trial)
            + wave.proposals.map(SearchRequest.proposal)
    }

    /// `result` is nil when the trial broke down for good: it then counts as failed, since it may fail again.
    public mutating func tell(_ trial: SearchTrial, _ result: TrialResult?) {
        guard !isOver, wave?.answer(trial) == true else { return }
        bench.board.record(result ?? TrialResult(score: 0, passed: false, cost: nil, seconds: 0), of: trial)
        bench.rolloutsLeft -= 1
        bench.rolloutsPaid += 1
        if bench.rolloutsLeft <= 0 { isOver = true }
        advance()
    }

    /// `genomes` are variations of one proposal, all of which are tried; none when the proposer had nothing usable to offer.
    public mutating func tell(proposal number: Int, _ genomes: [Genome], maker: String) {
        guard !isOver, wave?.answer(number, genomes, maker: maker) == true else { return }
        advance()
    }

    /// `genome` is nil when the proposer had nothing usable to offer.
    public mutating func tell(proposal number: Int, _ genome: Genome?, maker: String) {
        tell(proposal: number, genome.map { [$0] } ?? [], maker: maker)
    }

    /// Whether it proposes nothing more.
    public var isClosed: Bool { closed == true }

    /// Money or time come to an end: nothing more is proposed, what is open is given up, and what is left goes to finding
    /// out which of the known candidates is best.
    public mutating func close() {
        guard !isClosed else { return }
        closed = true
        guard !isOver else { return }
        search.close(at: bench)
        wave = nil
        advance()
    }

    private mutating func advance() {
        while !isOver, wave?.isAnswered ?? true {
            wave = search.next(after: wave, at: &bench)
            if wave == nil { isOver = true }
        }
    }
}

extension SearchRun {
    /// Validation cases that a candidate must have done before it can be the best, where the search names nobody.
    private static let leastCases = 10
    /// How likely it must be better than today's prompt.
    private static let leastChance = 0.75

    /// The candidate to send to the gate: the one that is worth most by all results, of equals the cheaper, then the earlier.
    /// Number 0 means that no improvement was found.
    public var best: Candidate { board.candidates[ranking.first ?? 0] }

    /// What each candidate's mean score over all train and validation cases would be, as far as all results tell.
    public var worths: [Double] { bench.worths().means }

    /// Those that are likely better than today's prompt, the best first.
    var ranking: [Int] {
        let worths = bench.worths()
        let hopeful = tried.filter { $0 != 0 && worths.chance(that: $0, beats: 0) >= Self.leastChance }
        return hopeful.sorted { one, other in
            worths.means[one] == worths.means[other]
                ? isDearer(other, than: one) : worths.means[one] > worths.means[other]
        }
    }

    /// Today's prompt and those that its results tell something of: the search has accepted them, or they have done enough.
    public var known: [Int] {
        if let accepted = search.accepted { return ([0] + accepted).uniqued() }
        let least = min(Self.leastCases, cases.validation.count)
        return board.candidates.map(\.number).filter {
            $0 == 0 || board.results(of: $0, on: bench.allCases).count >= least
        }
    }

    private var tried: [Int] {
        if let accepted = search.accepted { return accepted }
        let least = min(Self.leastCases, cases.validation.count)
        return board.candidates.map(\.number).filter { board.results(of: $0, on: cases.validation).count >= least }
    }

    private func isDearer(_ one: Int, than other: Int) -> Bool {
        let costs = [one, other].map { board.meanCost(of: $0, on: bench.allCases) ?? .infinity }
        return costs[0] == costs[1] ? one > other : costs[0] > costs[1]
    }
}
