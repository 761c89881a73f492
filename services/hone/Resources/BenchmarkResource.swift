import Foundation
import HoneCore
import HoneStore
import Postgres

/// `kind: Benchmark`. Its cases are in a JSONL file beside it, or listed in place.
struct BenchmarkResource: Resource {
    static let kind = "Benchmark"
    static let rank = 3

    enum Cases: Sendable {
        case file(String)
        case listed([CaseResource])
    }

    var id: String
    var category: HoneCore.Category
    var description: String
    var cases: Cases

    var name: String { id }

    private enum CodingKeys: String, CodingKey {
        case id, category, description, cases
    }

    init(from decoder: any Decoder) throws {
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

    init(_ summary: BenchmarkSummary, cases: [BenchmarkCase]) {
        id = summary.id
        category = summary.category
        description = summary.description
        self.cases = .listed(cases.map { CaseResource($0) })
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(id, forKey: .id)
        try fields.encode(category, forKey: .category)
        try fields.encode(description, forKey: .description)
        switch cases {
        case .file(let path): try fields.encode(path, forKey: .cases)
        case .listed(let cases): try fields.encode(cases, forKey: .cases)
        }
    }

    func validate() throws(InvalidValue) {
        guard case .listed(let cases) = cases else { return }
        var seen: Set<String> = []
        for (index, item) in cases.enumerated() where !seen.insert(item.id).inserted {
            throw InvalidValue(path: "cases[\(index)].id", found: "\"\(item.id)\" twice", expected: "an id of its own")
        }
    }

    func apply(to store: Store) async throws -> Applied {
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

    static func stored(in store: Store) async throws -> [BenchmarkResource] {
        var resources: [BenchmarkResource] = []
        for summary in try await store.benchmarks.all() {
            resources.append(BenchmarkResource(summary, cases: try await store.benchmarks.cases(of: summary.id)))
        }
        return resources
    }
}
