import HoneCore
import Postgres

/// How many cases a suite has for which purpose.
public struct SplitCount: Sendable, Decodable, Hashable {
    public var split: BenchmarkSplit
    public var cases: Int
    /// Cases that must stay solved by whatever is promoted.
    public var control: Int
}

extension Benchmarks {
    /// A suite without its cases; nil when there is none.
    public func load(_ id: String) async throws -> BenchmarkSummary? {
        try await executor.first(
            """
            select id, category, description,
                (select count(*) from benchmark_cases where benchmark_id = benchmark.id) as cases
            from benchmarks as benchmark where id = \(id)::text
            """, as: BenchmarkSummary.self)
    }

    /// Suites by id; `last` is the last one of the page before.
    public func list(after last: String?, limit: Int) async throws -> [BenchmarkSummary] {
        try await executor.query(
            """
            select id, category, description,
                (select count(*) from benchmark_cases where benchmark_id = benchmark.id) as cases
            from benchmarks as benchmark where \(last)::text is null or id > \(last)::text
            order by id limit \(limit)::bigint
            """, as: BenchmarkSummary.self)
    }

    /// A suite's cases, counted by split.
    public func counts(of benchmark: String) async throws -> [SplitCount] {
        try await executor.query(
            """
            select split, count(*) as cases, count(*) filter (where control) as control
            from benchmark_cases where benchmark_id = \(benchmark)::text group by split
            """, as: SplitCount.self)
    }

    /// A suite's cases by id; `last` is the last one of the page before.
    public func cases(
        of benchmark: String, in split: BenchmarkSplit?, after last: String?, limit: Int
    ) async throws -> [BenchmarkCase] {
        try await executor.query(
            """
            select id, input, expected, split, control from benchmark_cases
            where benchmark_id = \(benchmark)::text and (\(split)::text is null or split = \(split)::text)
                and (\(last)::text is null or id > \(last)::text)
            order by id limit \(limit)::bigint
            """, as: BenchmarkCase.self)
    }
}
