/// The cases that must stay solved: those that today's prompt passes must pass with the child, too.
///
/// Both run them. Where only the child fails, both run the case twice more before it is believed: two of three count. So a
/// case that today's prompt passed by luck is no promise, and one that it fails cannot be broken.
struct ControlCheck: Sendable, Hashable, Codable {
    private static let mostRuns = 3

    private enum Run: String, Sendable, Codable {
        case passed, failed, brokeDown
    }

    private struct Entry: Sendable, Hashable, Codable {
        let caseID: String
        /// One per repetition: nil while it was not told.
        var parent = [Run?](repeating: nil, count: mostRuns)
        var child = [Run?](repeating: nil, count: mostRuns)

        /// One run, and all once the first leaves a doubt.
        var repetitions: Range<Int> {
            guard let before = parent[0], let after = child[0] else { return 0..<1 }
            return before == .failed || after == .passed ? 0..<1 : 0..<mostRuns
        }

        var isSettled: Bool { repetitions.allSatisfy { parent[$0] != nil && child[$0] != nil } }

        var isBroken: Bool { Self.count(.passed, parent) >= 2 && Self.count(.failed, child) >= 2 }

        /// Whether breakdowns hide what became of it.
        var isUnknown: Bool {
            Self.count(.brokeDown, child) >= 2 && Self.count(.failed, parent) < 2
                || Self.count(.brokeDown, parent) >= 2 && Self.count(.passed, child) < 2
        }

        private static func count(_ run: Run, _ runs: [Run?]) -> Int { runs.count { $0 == run } }
    }

    private var entries: [Entry]

    init(_ cases: [String]) {
        entries = cases.map { Entry(caseID: $0) }
    }

    /// What has still to be run, as far as it is known by now.
    var due: [GateTrial] {
        entries.flatMap { entry in
            entry.repetitions.flatMap { repetition in
                [GateSide.parent, .child].filter { entry[keyPath: Self.runs(of: $0)][repetition] == nil }.map {
                    GateTrial(caseID: entry.caseID, side: $0, repetition: repetition)
                }
            }
        }
    }

    /// Cases that are believed to be broken.
    var broken: [String] { entries.filter { $0.isSettled && $0.isBroken }.map(\.caseID) }

    /// Cases of which nothing could be learned.
    var unknown: [String] { entries.filter { $0.isSettled && $0.isUnknown }.map(\.caseID) }

    /// How many there are that today's prompt passes.
    var held: Int { entries.count { $0.parent[0] == .passed } }

    var hasDue: Bool { !entries.allSatisfy(\.isSettled) }

    /// What was told before, or was not asked, changes nothing.
    mutating func tell(_ trial: GateTrial, _ result: TrialResult?) {
        let runs = Self.runs(of: trial.side)
        guard let place = entries.firstIndex(where: { $0.caseID == trial.caseID }),
            entries[place].repetitions.contains(trial.repetition),
            entries[place][keyPath: runs][trial.repetition] == nil
        else { return }
        entries[place][keyPath: runs][trial.repetition] = result.map { $0.passed ? .passed : .failed } ?? .brokeDown
    }

    private static func runs(of side: GateSide) -> WritableKeyPath<Entry, [Run?]> {
        side == .parent ? \.parent : \.child
    }
}
