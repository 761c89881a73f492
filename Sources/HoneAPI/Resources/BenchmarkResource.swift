import Foundation
public import HoneCore
import HoneEvolution
import HoneIntelligence
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
        for (index, item) in cases.enumerated() {
            guard seen.insert(item.id).inserted else {
                throw InvalidValue(
                    path: "cases[\(index)].id", found: "\"\(item.id)\" twice", expected: "an id of its own")
            }
            guard var fault = item.expected?.fault else { continue }
            fault.path = "cases[\(index)].\(fault.path)"
            throw fault
        }
    }

    public func apply(to store: Store) async throws -> Applied {
        guard case .listed(let cases) = cases else { return Applied(change: .unchanged) }
        let benchmark = Benchmark(
            id: id, category: category, description: description, cases: cases.map(\.benchmarkCase))
        do {
            let change = try await store.benchmarks.apply(benchmark)
            let leaks = try await store.benchmarks.duplicates(in: id)
            try refuse(leaks, in: cases)
            let warnings = benchmark.fitness.warnings + leaks.prefix(1).map(\.warning)
            return Applied(change: change, note: "\(cases.count) cases", warnings: warnings)
        } catch DatabaseError.violates {
            throw InvalidValue(
                path: "cases", found: "fewer cases than are on record",
                expected: "every case that has results to stay; give the new suite another id")
        }
    }

    /// Who says himself into which splits his cases go must not put the same one into two: what is learned from one answers
    /// the other. Where Hone has dealt them out it is a warning, and no optimization uses the suite.
    private func refuse(_ leaks: [DuplicateCases], in cases: [CaseResource]) throws(InvalidValue) {
        let places = Dictionary(cases.enumerated().map { ($1.id, $0) }) { first, _ in first }
        for leak in leaks {
            guard let first = places[leak.firstID], let second = places[leak.secondID], cases[first].split != nil,
                cases[second].split != nil
            else { continue }
            throw InvalidValue(
                path: "cases[\(second)].input",
                found: "the words of case \"\(leak.firstID)\" (\(leak.firstSplit.rawValue)) in case "
                    + "\"\(leak.secondID)\" (\(leak.secondSplit.rawValue))",
                expected: "cases of different splits to differ")
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

extension Benchmark {
    var fitness: BenchmarkFitness {
        func count(_ split: BenchmarkSplit) -> Int { cases.count { $0.split == split } }
        return BenchmarkFitness(
            train: count(.train), validation: count(.validation), holdout: count(.holdout),
            controls: cases.count { $0.split == .holdout && $0.control })
    }
}

extension DuplicateCases {
    /// For people, by name and never by words.
    public var warning: String {
        "no optimization can use it: case \(firstID) (\(firstSplit.rawValue)) and case \(secondID) "
            + "(\(secondSplit.rawValue)) have the same words"
    }
}
