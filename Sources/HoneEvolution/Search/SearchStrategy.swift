/// One way to search: what to do next, given all that is known. Pure: what is random comes from the bench's generator.
protocol SearchStrategy: Sendable, Hashable, Codable {
    /// The next wave. `last` is answered whole, and nil at the start. Nil ends the search.
    mutating func next(after last: Wave?, at bench: inout SearchBench) -> Wave?

    /// Nothing more is to be proposed: from now on it only finds out, on the validation cases, which of those that it has is
    /// best, and ends.
    mutating func close(at bench: SearchBench)

    /// Who may be the best; nil: whoever has done enough validation cases.
    var accepted: [Int]? { get }
}

extension SearchStrategy {
    var accepted: [Int]? { nil }
}
