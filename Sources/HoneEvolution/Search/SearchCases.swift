/// The cases a search may use, by id. Those of the sealed holdout are none of its business.
public struct SearchCases: Sendable, Hashable, Codable {
    /// What proposals are made from and first tried on.
    public let train: [String]
    /// What decides between candidates.
    public let validation: [String]
    /// All of them, those of one kind together.
    let groups: [[String]]

    /// Throws a ``SearchFault`` when there is nothing to search with. `kinds` says which cases are passed and failed for the
    /// same reasons, such as those with the same right answer: a prompt that leans to one answer is then seen for what it is
    /// worth on the others, too. Kinds count while they are few, and every case has one.
    public init(train: [String], validation: [String], kinds: [String: String] = [:]) throws(SearchFault) {
        guard !train.isEmpty else { throw SearchFault("the benchmark has no train cases") }
        guard !validation.isEmpty else { throw SearchFault("the benchmark has no validation cases") }
        guard Set(train).isDisjoint(with: validation) else {
            throw SearchFault("the benchmark has cases that are both train and validation")
        }
        self.train = train
        self.validation = validation
        groups = Self.groups(train + validation, kinds)
    }

    private static func groups(_ cases: [String], _ kinds: [String: String]) -> [[String]] {
        let groups = Dictionary(grouping: cases) { kinds[$0] }
        let counts = groups[nil] == nil && (2...mostKinds).contains(groups.count)
        guard counts, groups.values.allSatisfy({ $0.count >= fewest }) else { return [cases] }
        return groups.sorted { ($0.key ?? "") < ($1.key ?? "") }.map(\.value)
    }

    private static let mostKinds = 4
    /// Cases of a kind from which on it is looked at by itself.
    private static let fewest = 10
}

/// Why a search cannot begin.
public struct SearchFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
