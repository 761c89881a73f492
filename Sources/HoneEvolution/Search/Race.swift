/// Runs candidates on the validation cases in heats, and drops whoever cannot win any more: so that validation is paid
/// for where it decides.
///
/// A candidate is out when the best finished one is proved better on the same cases at 95 %, whenever one looks
/// (``TestMartingale``), or when even winning all cases that are left would not bring it level.
struct Race: Sendable, Hashable, Codable {
    private static let alpha = 0.05

    private let heat: Int
    private var runners: [Int]
    /// Heats that may still be run; nil for all.
    private var heatsLeft: Int?

    init(_ candidates: [Int], heat: Int, heats: Int? = nil) {
        runners = candidates
        self.heat = max(1, heat)
        heatsLeft = heats
    }

    /// The next heat of all that are still in; nil when the race is over.
    mutating func next(at bench: SearchBench) -> Wave? {
        runners = Self.open(runners, bench)
        guard !runners.isEmpty, heatsLeft != 0 else { return nil }
        heatsLeft = heatsLeft.map { $0 - 1 }
        return Wave(trials: runners.flatMap { bench.missing($0, on: bench.cases.validation).prefix(heat) })
    }

    /// Those that have cases left and can still win.
    static func open(_ candidates: [Int], _ bench: SearchBench) -> [Int] {
        let champion = champion(bench)
        return candidates.filter { candidate in
            !bench.board.isComplete(candidate, on: bench.cases.validation)
                && !(champion.map { isBeaten(candidate, by: $0, bench) } ?? false)
        }
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
