/// One case for one candidate to do.
public struct SearchTrial: Sendable, Hashable, Codable {
    public let candidate: Int
    public let caseID: String

    public init(candidate: Int, caseID: String) {
        self.candidate = candidate
        self.caseID = caseID
    }
}

/// A new prompt that is wanted, made from a parent and from what the parent did on some train cases.
public struct ProposalRequest: Sendable, Hashable, Codable {
    /// Counted from 0 within the search.
    public let number: Int
    public let parent: Candidate
    /// The parent has done all of them.
    public let cases: [String]
}

/// What a search wants done.
public enum SearchRequest: Sendable, Hashable, Codable {
    case trial(SearchTrial)
    case proposal(ProposalRequest)
}
