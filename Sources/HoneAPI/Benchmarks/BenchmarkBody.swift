public import HoneCore
public import HoneStore

/// A suite in a list.
public struct BenchmarkSummaryBody: Codable, Sendable {
    public var id: String
    public var category: HoneCore.Category
    public var description: String
    public var cases: Int
    /// Where it was just sent: what it lacks for optimizations.
    public var warnings: [String]?

    public init(_ suite: BenchmarkSummary, warnings: [String]) {
        self.init(suite)
        self.warnings = warnings
    }

    public init(_ suite: BenchmarkSummary) {
        id = suite.id
        category = suite.category
        description = suite.description
        cases = suite.cases
    }
}

/// A suite with a page of its cases.
public struct BenchmarkBody: Codable, Sendable {
    /// How many cases there are for one purpose, and how many of them must stay solved.
    public struct Split: Codable, Sendable {
        public var cases: Int
        public var control: Int
    }

    public var id: String
    public var category: HoneCore.Category
    public var description: String
    public var cases: Int
    public var splits: [String: Split]
    public var items: [CaseBody]
    @OrNull public var nextCursor: String?

    enum CodingKeys: String, CodingKey {
        case id, category, description, cases, splits, items
        case nextCursor = "next_cursor"
    }

    public init(_ suite: BenchmarkSummary, counts: [SplitCount], page: Page<CaseBody>) {
        id = suite.id
        category = suite.category
        description = suite.description
        cases = suite.cases
        splits = Dictionary(
            BenchmarkSplit.allCases.map { split in
                let count = counts.first { $0.split == split }
                return (split.rawValue, Split(cases: count?.cases ?? 0, control: count?.control ?? 0))
            }
        ) { first, _ in first }
        items = page.items
        nextCursor = page.nextCursor
    }
}

/// One case. The right answer of a holdout case is sealed: whoever sees it can no longer be tested with it.
public struct CaseBody: Codable, Sendable {
    public var id: String
    public var input: JSONValue
    /// Null too where nobody knows the right answer.
    @OrNull public var expected: Expectation?
    public var split: BenchmarkSplit
    public var control: Bool
    public var sealed: Bool

    public init(_ item: BenchmarkCase, opensSeals: Bool) {
        id = item.id
        input = item.input
        split = item.split
        control = item.control
        sealed = item.split == .holdout && !opensSeals
        expected = sealed ? nil : item.expected
    }
}
