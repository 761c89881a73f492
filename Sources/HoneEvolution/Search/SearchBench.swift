import HoneCore

/// What every strategy works with.
struct SearchBench: Sendable, Hashable, Codable {
    let cases: SearchCases
    var board = Scoreboard()
    var generator: SeededGenerator
    /// Trials that may still be paid for.
    var rolloutsLeft: Int
    /// Trials that were paid for.
    var rolloutsPaid = 0
    private var proposalsMade = 0

    init(cases: SearchCases, seed: UInt64, rollouts: Int) {
        self.cases = cases
        generator = SeededGenerator(seed: seed)
        rolloutsLeft = rollouts
    }

    /// Trials of a candidate on the cases that it has not done yet: what is paid for is never paid again.
    func missing(_ candidate: Int, on cases: some Sequence<String>) -> [SearchTrial] {
        cases.filter { board.result(of: candidate, on: $0) == nil }.map {
            SearchTrial(candidate: candidate, caseID: $0)
        }
    }

    mutating func proposal(
        _ kind: ProposalRequest.Kind = .anything, of genome: Genome? = nil, from parents: [Int], on cases: [String]
    ) -> ProposalRequest {
        defer { proposalsMade += 1 }
        let genome = genome ?? board.candidates[parents[0]].genome
        return ProposalRequest(number: proposalsMade, kind: kind, genome: genome, parents: parents, cases: cases)
    }

    /// Adds a candidate, or finds the one of the same genome.
    mutating func candidate(_ genome: Genome, parents: [Int], maker: String) -> Candidate {
        board.candidates.first { $0.genome == genome } ?? board.add(genome, parents: parents, maker: maker)
            ?? board.candidates[0]
    }

    /// The mean score on the validation cases that a candidate has done.
    func mean(_ candidate: Int) -> Double { board.meanScore(of: candidate, on: cases.validation) ?? 0 }

    var allCases: [String] { cases.train + cases.validation }

    /// What all results on train and validation cases say of every candidate.
    func worths() -> Worths { Worths(of: board, on: cases.groups) }

    /// The scores that two candidates have on the cases both have done.
    func paired(_ one: Int, _ other: Int, on cases: [String]) -> [(Double, Double)] {
        cases.compactMap { id in
            guard let first = board.score(of: one, on: id), let second = board.score(of: other, on: id) else {
                return nil
            }
            return (first, second)
        }
    }
}
