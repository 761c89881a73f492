import HoneCore

/// Shows every child a case that it was made for, which its parent failed.
///
/// Such a case tells most for its price: an edit that helps solves it nearly always, one that does not hardly more often
/// than luck would. So most children cost a single trial.
struct Screening: Sendable, Hashable, Codable {
    struct Lane: Sendable, Hashable, Codable {
        let child: Int
        /// A case that the parent failed.
        let caseID: String
    }

    let parent: Int
    let lanes: [Lane]

    /// Nil when all have done theirs.
    func next(at bench: SearchBench) -> Wave? {
        let trials = lanes.flatMap { bench.missing($0.child, on: [$0.caseID]) }
        return trials.isEmpty ? nil : Wave(trials: trials.uniqued())
    }

    /// Those that did better than their parent.
    func survivors(at bench: SearchBench) -> [Lane] {
        lanes.filter { lane in
            (bench.board.score(of: lane.child, on: lane.caseID) ?? 0)
                > (bench.board.score(of: parent, on: lane.caseID) ?? 0)
        }
    }
}
