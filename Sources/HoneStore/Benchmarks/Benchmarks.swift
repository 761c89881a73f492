import HoneCore
import Postgres

/// `benchmarks` and `benchmark_cases`: work with known answers.
public struct Benchmarks: Sendable {
    let executor: any SQLExecutor

    /// All suites with the number of their cases, by id.
    public func all() async throws -> [BenchmarkSummary] {
        try await executor.query(
            """
            select id, category, description,
                (select count(*) from benchmark_cases where benchmark_id = benchmark.id) as cases
            from benchmarks as benchmark order by id
            """, as: BenchmarkSummary.self)
    }

    /// The cases of a suite, by id; of one split, or of all.
    public func cases(of benchmark: String, in split: BenchmarkSplit? = nil) async throws -> [BenchmarkCase] {
        try await executor.query(
            """
            select id, input, expected, split, control from benchmark_cases
            where benchmark_id = \(benchmark)::text and (\(split)::text is null or split = \(split)::text)
            order by id
            """, as: BenchmarkCase.self)
    }

    /// Makes the stored suite and its cases equal to `benchmark`. Cases that have results cannot be taken away: that is
    /// ``DatabaseError/violates(constraint:sqlState:)``. Run it in a transaction.
    public func apply(_ benchmark: Benchmark) async throws -> Change {
        let isNew = try await executor.first(
            """
            insert into benchmarks as stored (id, category, description)
            values (\(benchmark.id)::text, \(benchmark.category)::text, \(benchmark.description.storable)::text)
            on conflict (id) do update
            set category = excluded.category, description = excluded.description, updated_at = now()
            where (stored.category, stored.description) is distinct from (excluded.category, excluded.description)
            returning xmax = 0 as is_new
            """, as: Bool.self)
        let changed = try await applyCases(benchmark) + removeOthers(benchmark)
        let change = Change(isNew)
        return change == .unchanged && changed > 0 ? .updated : change
    }

    private func applyCases(_ benchmark: Benchmark) async throws -> Int {
        let cases = benchmark.cases
        return try await executor.run(
            """
            insert into benchmark_cases as stored (benchmark_id, id, input, expected, split, control)
            select \(benchmark.id)::text, id, input::jsonb, expected::jsonb, split, control
            from unnest(
                \(cases.map(\.id))::text[], \(cases.map { JSONText($0.input) })::text[],
                \(cases.map(\.expected.json))::text[], \(cases.map(\.split))::text[],
                \(cases.map(\.control))::boolean[]
            ) as given (id, input, expected, split, control)
            on conflict (benchmark_id, id) do update
            set input = excluded.input, expected = excluded.expected, split = excluded.split,
                control = excluded.control
            where (stored.input, stored.expected, stored.split, stored.control)
                is distinct from (excluded.input, excluded.expected, excluded.split, excluded.control)
            """)
    }

    private func removeOthers(_ benchmark: Benchmark) async throws -> Int {
        try await executor.run(
            """
            delete from benchmark_cases
            where benchmark_id = \(benchmark.id)::text and id <> all(\(benchmark.cases.map(\.id))::text[])
            """)
    }
}
