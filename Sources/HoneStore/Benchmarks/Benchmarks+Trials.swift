public import HoneCore
import Postgres

/// The case that a trial's task names.
public struct TrialCase: Sendable, Decodable {
    public var taskID: TaskID
    public var benchmarkID: String
    public var caseID: String
    public var input: JSONValue
    public var expected: Expectation?

    public var reference: CaseReference { CaseReference(benchmark: benchmarkID, id: caseID) }
}

extension Benchmarks {
    /// The cases that these tasks are trials of; tasks that are none are left out. A task cannot open a case by naming it.
    public func cases(ofTrials tasks: [TaskID]) async throws -> [TaskID: TrialCase] {
        guard !tasks.isEmpty else { return [:] }
        let rows = try await executor.query(
            """
            select result.task_id as "taskID", item.benchmark_id as "benchmarkID", item.id as "caseID", item.input,
                item.expected
            from experiment_results as result
            join benchmark_cases as item on item.benchmark_id = result.benchmark_id and item.id = result.case_id
            where result.task_id = any(\(tasks)::uuid[])
            """, as: TrialCase.self)
        return Dictionary(rows.map { ($0.taskID, $0) }) { first, _ in first }
    }

    /// The sealed cases of a suite, by id: all that anybody but their judges need know of them.
    public func holdout(of benchmark: String) async throws -> [HoldoutCase] {
        try await executor.query(
            """
            select id, control from holdout_cases(\(benchmark)::text) order by id
            """, as: HoldoutCase.self)
    }

    /// Cases with the same words in different splits: what is learned from one answers the other. At most a hundred.
    public func duplicates(in benchmark: String) async throws -> [DuplicateCases] {
        try await executor.query(
            """
            select first_id as "firstID", first_split, second_id as "secondID", second_split
            from duplicate_cases(\(benchmark)::text)
            """, as: DuplicateCases.self)
    }

    /// Validation and holdout cases of which a text has eight words in a row, or all there are.
    public func cases(of benchmark: String, copiedInto text: String) async throws -> [CopiedCase] {
        try await executor.query(
            """
            select id, split from copied_cases(\(benchmark)::text, \(text.storable)::text)
            """, as: CopiedCase.self)
    }
}

/// A sealed case, by what may be known of it.
public struct HoldoutCase: Sendable, Decodable, Hashable {
    public var id: String
    /// Must stay solved by whatever is promoted.
    public var control: Bool
}

/// Two cases that are one.
public struct DuplicateCases: Sendable, Decodable, Hashable {
    public var firstID: String
    public var firstSplit: BenchmarkSplit
    public var secondID: String
    public var secondSplit: BenchmarkSplit
}

/// A case that something has copied.
public struct CopiedCase: Sendable, Decodable, Hashable {
    public var id: String
    public var split: BenchmarkSplit
}
