import Foundation
public import HoneCore
public import Postgres

/// A suite of cases in one category.
public struct Benchmark: Sendable {
    public var id: String
    public var category: HoneCore.Category
    public var description: String
    public var cases: [BenchmarkCase]

    public init(id: String, category: HoneCore.Category, description: String = "", cases: [BenchmarkCase]) {
        self.id = id
        self.category = category
        self.description = description
        self.cases = cases
    }
}

/// A suite without its cases.
public struct BenchmarkSummary: Sendable, Decodable, Hashable {
    public var id: String
    public var category: HoneCore.Category
    public var description: String
    public var cases: Int
}

/// What a case may be used for: reflection sees `train`, selection `validation`, and only the gate `holdout`.
public enum BenchmarkSplit: String, Sendable, Codable, CaseIterable, PostgresEncodable {
    case train, validation, holdout

    /// The split of a case that names none: 30 % train, 20 % validation, 50 % holdout, by a hash of its id.
    public init(forCase id: String) {
        let hash = UUID.v5(namespace: .hone, name: id).uuid
        switch (Int(hash.0) << 8 | Int(hash.1)) % 100 {
        case ..<30: self = .train
        case ..<50: self = .validation
        default: self = .holdout
        }
    }
}

/// A piece of work whose right answer is known.
public struct BenchmarkCase: Sendable, Decodable, Hashable {
    public var id: String
    public var input: JSONValue
    public var expected: Expectation?
    public var split: BenchmarkSplit
    /// Must stay solved by whatever is promoted.
    public var control: Bool

    public init(
        id: String, input: JSONValue, expected: Expectation?, split: BenchmarkSplit? = nil, control: Bool = false
    ) {
        self.id = id
        self.input = input
        self.expected = expected
        self.split = split ?? BenchmarkSplit(forCase: id)
        self.control = control
    }
}
