import HoneCore

/// Shows every child a case that it was made for, which its parent failed; where cases are of several kinds, one of another
/// kind next, which its parent passed.
///
/// The first tells most for its price: an edit that helps solves it nearly always, one that does not hardly more often
/// than luck would. So most children cost a single trial. The second tells apart who only leans to the other answer.
struct Screening: Sendable, Hashable, Codable {
    struct Lane: Sendable, Hashable, Codable {
        let child: Int
        /// A case that the parent failed, then those that it passed.
        let caseIDs: [String]
    }

    let parent: Int
    let lanes: [Lane]

    /// Nil when all have done theirs.
    func next(at bench: SearchBench) -> Wave? {
        let trials = lanes.flatMap { lane in
            let open = lane.caseIDs.first { holds(lane.child, on: $0, bench) != true }
            return bench.missing(lane.child, on: open.map { [$0] } ?? [])
        }
        return trials.isEmpty ? nil : Wave(trials: trials.uniqued())
    }

    /// Those that did better than their parent where it failed, and no worse where it passed.
    func survivors(at bench: SearchBench) -> [Lane] {
        lanes.filter { lane in lane.caseIDs.allSatisfy { holds(lane.child, on: $0, bench) == true } }
    }

    /// Nil for a case that the child has not done.
    private func holds(_ child: Int, on caseID: String, _ bench: SearchBench) -> Bool? {
        guard let score = bench.board.score(of: child, on: caseID) else { return nil }
        let before = bench.board.score(of: parent, on: caseID) ?? 0
        return score > before || before >= 1 && score >= before
    }
}
