import HoneCore
import HoneStore

/// A suite by the digests of its cases: what was asked is not in the bundle, yet nobody can exchange it.
struct BundledSuite: Codable {
    struct Case: Codable {
        var id: String
        var split: BenchmarkSplit
        var control: Bool
        var sha256: String
    }

    var id: String
    var category: HoneCore.Category
    var cases: [Case]
    /// Of the digests of the cases, in their order.
    var casesSHA256: String
    /// Of everything, the answers of the holdout as well: a digest of one case and its answer would let it be guessed.
    var contentsSHA256: String

    enum CodingKeys: String, CodingKey {
        case id, category, cases
        case casesSHA256 = "cases_sha256"
        case contentsSHA256 = "contents_sha256"
    }

    init(_ suite: BenchmarkSummary, _ items: [BenchmarkCase]) throws {
        id = suite.id
        category = suite.category
        cases = try items.map { item in
            let shown = item.split == .holdout ? nil : item.expected
            return Case(
                id: item.id, split: item.split, control: item.control,
                sha256: try Digest.of(json: Content(item, suite.id, expected: shown)))
        }
        casesSHA256 = Self.sum(of: cases)
        contentsSHA256 = try Digest.of(json: items.map { Content($0, suite.id, expected: $0.expected) })
    }

    static func sum(of cases: [Case]) -> String { Digest.of(Array(cases.map(\.sha256).joined(separator: "\n").utf8)) }

    private struct Content: Encodable {
        var benchmark: String
        var id: String
        var input: JSONValue
        var expected: Expectation?
        var split: BenchmarkSplit
        var control: Bool

        init(_ item: BenchmarkCase, _ benchmark: String, expected: Expectation?) {
            self.benchmark = benchmark
            id = item.id
            input = item.input
            self.expected = expected
            split = item.split
            control = item.control
        }
    }
}
