import Foundation
public import HoneCore
public import HoneStore
import Postgres

/// `kind: Benchmark`. Its cases are in a JSONL file beside its document, or listed in place.
public struct BenchmarkResource: Resource {
    public static let kind = "Benchmark"
    public static let rank = 3

    public enum Cases: Sendable {
        case file(String)
        case listed([CaseResource])
    }

    public var id: String
    public var category: HoneCore.Category
    public var description: String
    public var cases: Cases

    public var name: String { id }

    private enum CodingKeys: String, CodingKey {
        case id, category, description, cases
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(Name<BenchmarkResource>.self, forKey: .id).rawValue
        category = try fields.decode(HoneCore.Category.self, forKey: .category)
        description = try fields.decodeIfPresent(String.self, forKey: .description) ?? ""
        if let file = try? fields.decode(String.self, forKey: .cases) {
            cases = .file(file)
        } else {
            cases = .listed(try fields.decode([CaseResource].self, forKey: .cases))
        }
    }

    public init(id: String, category: HoneCore.Category, description: String, cases: [CaseResource]) {
        self.id = id
        self.category = category
        self.description = description
        self.cases = .listed(cases)
    }

    public init(_ summary: BenchmarkSummary, cases: [BenchmarkCase]) {
        id = summary.id
        category = summary.category
        description = summary.description
        self.cases = .listed(cases.map { CaseResource($0) })
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(id, forKey: .id)
        try fields.encode(category, forKey: .category)
        try fields.encode(description, forKey: .description)
        switch cases {
        case .file(let path): try fields.encode(path, forKey: .cases)
        case .listed(let cases): try fields.encode(cases, forKey: .cases)
        }
    }

    public func validate() throws(InvalidValue) {
        guard case .listed(let cases) = cases else { return }
        var seen: Set<String> = []
        for (index, item) in cases.enumerated() where !seen.insert(item.id).inserted {
            throw InvalidValue(path: "cases[\(index)].id", found: "\"\(item.id)\" twice", expected: "an id of its own")
        }
    }

    public func apply(to store: Store) async throws -> Applied {
        guard case .listed(let cases) = cases else { return Applied(change: .unchanged) }
        let benchmark = Benchmark(
            id: id, category: category, description: description, cases: cases.map(\.benchmarkCase))
        do {
            return Applied(change: try await store.benchmarks.apply(benchmark), note: "\(cases.count) cases")
        } catch DatabaseError.violates {
            throw InvalidValue(
                path: "cases", found: "fewer cases than are on record",
                expected: "every case that has results to stay; give the new suite another id")
        }
    }

    public static func stored(in store: Store) async throws -> [BenchmarkResource] {
        var resources: [BenchmarkResource] = []
        for summary in try await store.benchmarks.all() {
            resources.append(BenchmarkResource(summary, cases: try await store.benchmarks.cases(of: summary.id)))
        }
        return resources
    }
}
