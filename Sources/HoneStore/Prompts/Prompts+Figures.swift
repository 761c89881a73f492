public import HoneCore
import Postgres

/// How a prompt did on all that it was tried on.
public struct PromptFigures: Sendable, Decodable, Hashable {
    public var promptID: PromptID
    /// Trials with a result.
    public var trials: Int
    /// Their mean, 0 to 1; passed is 1 where nothing finer is known.
    public var score: Double
    /// The mean difference to its first parent on the cases that both have done; nil without any.
    public var gain: Double?
    /// How many cases those are.
    public var shared: Int
}

extension Prompts {
    /// The figures of those of these prompts that were tried.
    public func figures(of ids: [PromptID]) async throws -> [PromptFigures] {
        try await executor.query(
            """
            with parent as (
                select distinct on (child_id) child_id, parent_id from prompt_parents
                where child_id = any(\(ids)::uuid[]) order by child_id, ordinal, parent_id
            ), done as (
                select prompt_id, benchmark_id, case_id, count(*) as trials,
                    avg(coalesce(score, passed::integer)) as score
                from experiment_results
                where (score is not null or passed is not null) and (prompt_id = any(\(ids)::uuid[])
                    or prompt_id in (select parent_id from parent))
                group by prompt_id, benchmark_id, case_id
            ), pair as (
                select child.prompt_id, avg(child.score - before.score) as gain, count(*) as shared
                from done as child join parent on parent.child_id = child.prompt_id
                join done as before on before.prompt_id = parent.parent_id
                    and before.benchmark_id = child.benchmark_id and before.case_id = child.case_id
                group by child.prompt_id
            )
            select done.prompt_id as "promptID", sum(trials)::bigint as trials,
                (sum(score * trials) / sum(trials))::double precision as score,
                pair.gain::double precision as gain, coalesce(pair.shared, 0) as shared
            from done left join pair on pair.prompt_id = done.prompt_id
            where done.prompt_id = any(\(ids)::uuid[])
            group by done.prompt_id, pair.gain, pair.shared
            """, as: PromptFigures.self)
    }
}
