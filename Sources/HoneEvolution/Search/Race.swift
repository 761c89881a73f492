/// Runs candidates on the validation cases in heats, and drops whoever cannot win any more: so that validation is paid
/// for where it decides.
///
/// A candidate is out when the best finished one is proved better on the same cases at 95 %, whenever one looks
/// (``TestMartingale``), or when even winning all cases that are left would not bring it level.
struct Race: Sendable, Hashable, Codable {
    private static let alpha = 0.05

    private let heat: Int
    private var runners: [Int]

    init(_ candidates: [Int], heat: Int) {
        runners = candidates
        self.heat = max(1, heat)
    }

    /// The next heat of all that are still in; nil when the race is over.
    mutating func next(at bench: SearchBench) -> Wave? {
        let champion = Self.champion(bench)
        runners.removeAll { runner in
            bench.board.isComplete(runner, on: bench.cases.validation)
                || champion.map { Self.isBeaten(runner, by: $0, bench) } ?? false
        }
        guard !runners.isEmpty else { return nil }
        return Wave(trials: runners.flatMap { bench.missing($0, on: bench.cases.validation).prefix(heat) })
    }

    /// The best of those that did all cases.
    private static func champion(_ bench: SearchBench) -> Int? {
        let cases = bench.cases.validation
        let finished = bench.board.candidates.map(\.number).filter { bench.board.isComplete($0, on: cases) }
        return finished.max { bench.mean($0) == bench.mean($1) ? $0 > $1 : bench.mean($0) < bench.mean($1) }
    }

    private static func isBeaten(_ runner: Int, by champion: Int, _ bench: SearchBench) -> Bool {
        let pairs = bench.paired(champion, runner, on: bench.cases.validation)
        guard !pairs.isEmpty else { return false }
        var proof = TestMartingale()
        for (best, mine) in pairs { proof.add(best - mine) }
        if proof.proves(at: alpha) { return true }
        let total = bench.cases.validation.count
        let goal = bench.mean(champion) * Double(total)
        return pairs.map(\.1).reduce(0, +) + Double(total - pairs.count) < goal
    }
}
