/// One case for one candidate to do.
public struct SearchTrial: Sendable, Hashable, Codable {
    public let candidate: Int
    public let caseID: String

    public init(candidate: Int, caseID: String) {
        self.candidate = candidate
        self.caseID = caseID
    }
}

/// A new prompt that is wanted, made from another and from what that did on some train cases.
public struct ProposalRequest: Sendable, Hashable, Codable {
    /// What may be changed.
    public enum Kind: String, Sendable, Hashable, Codable {
        case anything, instruction, demonstrations
    }

    /// Counted from 0 within the search.
    public let number: Int
    public let kind: Kind
    /// What is to be changed: the parent's, or one that was crossed from several parents.
    public let genome: Genome
    /// The first has done ``cases``.
    public let parents: [Int]
    public let cases: [String]

    init(number: Int, kind: Kind = .anything, genome: Genome, parents: [Int], cases: [String]) {
        self.number = number
        self.kind = kind
        self.genome = genome
        self.parents = parents
        self.cases = cases
    }
}

/// What a search wants done.
public enum SearchRequest: Sendable, Hashable, Codable {
    case trial(SearchTrial)
    case proposal(ProposalRequest)
}
