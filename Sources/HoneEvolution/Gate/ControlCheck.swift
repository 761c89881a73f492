/// The cases that must stay solved. A failure is run twice more before it is believed: two of three count.
struct ControlCheck: Sendable, Hashable, Codable {
    private static let mostRuns = 3

    private struct Entry: Sendable, Hashable, Codable {
        let caseID: String
        /// One per repetition: nil while it was not told.
        var runs = [Run?](repeating: nil, count: mostRuns)

        /// One run, and all once the first did not pass.
        var repetitions: Range<Int> {
            guard let first = runs[0], first != .passed else { return 0..<1 }
            return 0..<mostRuns
        }

        var isSettled: Bool { repetitions.allSatisfy { runs[$0] != nil } }

        func count(_ run: Run) -> Int { runs.count { $0 == run } }
    }

    private enum Run: String, Sendable, Codable {
        case passed, failed, brokeDown
    }

    private var entries: [Entry]

    init(_ cases: [String]) {
        entries = cases.map { Entry(caseID: $0) }
    }

    /// What has still to be run, as far as it is known by now.
    var due: [GateTrial] {
        entries.flatMap { entry in
            entry.repetitions.filter { entry.runs[$0] == nil }.map {
                GateTrial(caseID: entry.caseID, side: .child, repetition: $0)
            }
        }
    }

    /// Cases that are believed to be broken.
    var broken: [String] { entries.filter { $0.isSettled && $0.count(.failed) >= 2 }.map(\.caseID) }

    /// Cases of which nothing could be learned.
    var unknown: [String] { entries.filter { $0.isSettled && $0.count(.brokeDown) >= 2 }.map(\.caseID) }

    var hasDue: Bool { !entries.allSatisfy(\.isSettled) }

    /// What was told before, or was not asked, changes nothing.
    mutating func tell(_ trial: GateTrial, _ result: TrialResult?) {
        guard trial.side == .child, let place = entries.firstIndex(where: { $0.caseID == trial.caseID }),
            entries[place].repetitions.contains(trial.repetition), entries[place].runs[trial.repetition] == nil
        else { return }
        entries[place].runs[trial.repetition] = result.map { $0.passed ? .passed : .failed } ?? .brokeDown
    }
}
