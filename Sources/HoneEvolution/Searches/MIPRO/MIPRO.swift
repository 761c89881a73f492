import HoneCore

/// Joint choice of instruction and demonstrations (Opsahl-Ong et al., arXiv 2406.11695): first proposals of both, each from
/// what today's prompt did on train cases; then combinations, chosen by a ``ParzenEstimator``, tried on minibatches of the
/// validation cases; every few trials the most promising one is validated in full.
public struct MIPRO: SearchStrategy {
    /// Combinations that are drawn at random before the estimator has something to go by.
    private static let warmUp = 4
    /// Minibatch trials between two full validations.
    private static let fullEvery = 5

    private enum Phase: Sendable, Hashable, Codable {
        case start
        /// Today's prompt does train cases, so that proposals know what it fails.
        case observed([String])
        case proposed(instructions: [Int], demonstrations: [Int])
        /// A combination does its minibatch.
        case tried
        case validation(Race)
        /// The last one, after which it ends.
        case closing(Race)
    }

    private let proposals: Int
    private let minibatch: Int
    private var phase = Phase.start
    /// What there is to combine: today's first.
    private var instructions: [Genome] = []
    private var demonstrations: [Genome] = []
    /// Which candidate each combination became, in the order of the choices.
    private var tried: [Choice] = []
    private var trials = 0

    private struct Choice: Sendable, Hashable, Codable {
        let places: [Int]
        let candidate: Int
    }

    /// `proposals` instructions and as many sets of demonstrations; each trial is on `minibatch` validation cases.
    public init(proposals: Int = 6, minibatch: Int = 10) {
        self.proposals = max(1, proposals)
        self.minibatch = max(1, minibatch)
    }

    mutating func next(after last: Wave?, at bench: inout SearchBench) -> Wave? {
        switch phase {
        case .start: return observe(at: &bench)
        case .observed(let cases): return propose(on: cases, at: &bench)
        case .proposed(let instructions, let demonstrations):
            let today = bench.board.candidates[0].genome
            self.instructions = [today] + instructions.flatMap { last?.proposed($0)?.genomes ?? [] }.uniqued()
            self.demonstrations = [today] + demonstrations.flatMap { last?.proposed($0)?.genomes ?? [] }.uniqued()
            return validate([0], at: bench)
        case .tried: return trials.isMultiple(of: Self.fullEvery) ? validateBest(at: bench) : tryNext(at: &bench)
        case .validation(var race):
            guard let heat = race.next(at: bench) else { return tryNext(at: &bench) }
            phase = .validation(race)
            return heat
        case .closing(var race):
            guard let heat = race.next(at: bench) else { return nil }
            phase = .closing(race)
            return heat
        }
    }

    mutating func close(at bench: SearchBench) {
        phase = .closing(Race([promising(at: bench), 0].compactMap(\.self), heat: minibatch))
    }

    private mutating func observe(at bench: inout SearchBench) -> Wave {
        let cases = Array(bench.cases.train.shuffled(using: &bench.generator).prefix(minibatch))
        phase = .observed(cases)
        return Wave(trials: bench.missing(0, on: cases))
    }

    private mutating func propose(on cases: [String], at bench: inout SearchBench) -> Wave {
        let wanted = (0..<proposals).map { _ in bench.proposal(.instruction, from: [0], on: cases) }
        let sets = (0..<proposals).map { _ in bench.proposal(.demonstrations, from: [0], on: cases) }
        phase = .proposed(instructions: wanted.map(\.number), demonstrations: sets.map(\.number))
        return Wave(proposals: wanted + sets)
    }

    /// Nil once there is nothing left to learn.
    private mutating func tryNext(at bench: inout SearchBench) -> Wave? {
        guard let places = choose(at: &bench) else { return nil }
        let candidate = combine(places, at: &bench)
        if !tried.contains(where: { $0.places == places }) {
            tried.append(Choice(places: places, candidate: candidate))
        }
        trials += 1
        phase = .tried
        let cases = bench.cases.validation.shuffled(using: &bench.generator)
        return Wave(trials: Array(bench.missing(candidate, on: cases).prefix(minibatch)))
    }

    /// A combination that has cases left; at random until the estimator has something to go by, or where it insists on
    /// those that are done.
    private func choose(at bench: inout SearchBench) -> [Int]? {
        let cases = bench.cases.validation
        let done = Set(tried.filter { bench.board.isComplete($0.candidate, on: cases) }.map(\.places))
        let open = instructions.indices.flatMap { first in demonstrations.indices.map { [first, $0] } }
            .filter { !done.contains($0) }
        guard tried.count >= Self.warmUp else { return open.randomElement(using: &bench.generator) }
        let seen = tried.map { (choice: $0.places, score: bench.mean($0.candidate)) }
        let estimator = ParzenEstimator(sizes: [instructions.count, demonstrations.count], seen: seen)
        let drawn = estimator.next(using: &bench.generator)
        return done.contains(drawn) ? open.randomElement(using: &bench.generator) : drawn
    }

    private func combine(_ places: [Int], at bench: inout SearchBench) -> Int {
        var genome = bench.board.candidates[0].genome
        genome.inherit(.instruction, from: instructions[places[0]])
        genome.inherit(.question, from: instructions[places[0]])
        genome.inherit(.demonstrations, from: demonstrations[places[1]])
        return bench.candidate(genome, parents: [0], maker: "mipro").number
    }

    /// The best mean among those that have validation cases left.
    private func promising(at bench: SearchBench) -> Int? {
        let open = tried.map(\.candidate).filter { !bench.board.isComplete($0, on: bench.cases.validation) }
        return open.max { bench.mean($0) == bench.mean($1) ? $0 > $1 : bench.mean($0) < bench.mean($1) }
    }

    private mutating func validateBest(at bench: SearchBench) -> Wave {
        validate(promising(at: bench).map { [$0] } ?? [], at: bench)
    }

    private mutating func validate(_ candidates: [Int], at bench: SearchBench) -> Wave {
        phase = .validation(Race(candidates, heat: minibatch))
        return Wave()
    }
}
