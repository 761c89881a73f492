/// The cases a search may use, by id. Those of the sealed holdout are none of its business.
public struct SearchCases: Sendable, Hashable, Codable {
    /// What proposals are made from and first tried on.
    public let train: [String]
    /// What decides between candidates.
    public let validation: [String]

    /// Throws a ``SearchFault`` when there is nothing to search with.
    public init(train: [String], validation: [String]) throws(SearchFault) {
        guard !train.isEmpty else { throw SearchFault("the benchmark has no train cases") }
        guard !validation.isEmpty else { throw SearchFault("the benchmark has no validation cases") }
        guard Set(train).isDisjoint(with: validation) else {
            throw SearchFault("the benchmark has cases that are both train and validation")
        }
        self.train = train
        self.validation = validation
    }
}

/// Why a search cannot begin.
public struct SearchFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
