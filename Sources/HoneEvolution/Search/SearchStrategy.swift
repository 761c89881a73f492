/// One way to search: what to do next, given all that is known. Pure: what is random comes from the bench's generator.
protocol SearchStrategy: Sendable, Hashable, Codable {
    /// The next wave. `last` is answered whole, and nil at the start. Nil ends the search.
    mutating func next(after last: Wave?, at bench: inout SearchBench) -> Wave?

    /// Who may be the best; nil: whoever has done enough validation cases.
    var accepted: [Int]? { get }
}

extension SearchStrategy {
    var accepted: [Int]? { nil }
}
