/// Requests that are open together. A search goes on when the whole wave is answered, so that its way does not depend on
/// the order in which the answers come.
struct Wave: Sendable, Hashable, Codable {
    private(set) var trials: [SearchTrial]
    private(set) var proposals: [ProposalRequest]
    /// The answers to proposals, by number.
    private var answers: [Int: Proposed] = [:]

    /// What a proposer offered: variations of one prompt; one that had nothing usable offers none.
    struct Proposed: Sendable, Hashable, Codable {
        let genomes: [Genome]
        let parents: [Int]
        let maker: String
    }

    init(trials: [SearchTrial] = [], proposals: [ProposalRequest] = []) {
        self.trials = trials
        self.proposals = proposals
    }

    var isAnswered: Bool { trials.isEmpty && proposals.isEmpty }

    func proposed(_ proposal: Int) -> Proposed? { answers[proposal] }

    /// False when nobody asked for it, or it was told before.
    mutating func answer(_ trial: SearchTrial) -> Bool {
        guard let place = trials.firstIndex(of: trial) else { return false }
        trials.remove(at: place)
        return true
    }

    mutating func answer(_ proposal: Int, _ genomes: [Genome], maker: String) -> Bool {
        guard let place = proposals.firstIndex(where: { $0.number == proposal }) else { return false }
        let request = proposals.remove(at: place)
        answers[proposal] = Proposed(genomes: genomes, parents: request.parents, maker: maker)
        return true
    }
}
