public import HoneCore
import Postgres

extension Experiments {
    /// Keeps what the parts of a prompt were found to be worth, as an experiment that is over; the same id again changes
    /// nothing. The trials themselves are on record as those of other experiments.
    public func keepAblation(
        _ id: ExperimentID, of prompt: PromptID, in optimization: OptimizationID?, on benchmark: String, seed: Int64,
        results: some Encodable & Sendable
    ) async throws {
        try await executor.run(
            """
            insert into experiments (
                id, optimization_id, prompt_id, benchmark_id, kind, status, seed, results, completed_at)
            values (
                \(id)::uuid, \(optimization)::uuid, \(prompt)::uuid, \(benchmark)::text, 'ablation', 'completed',
                \(seed)::bigint, \(JSONText(results))::jsonb, now())
            on conflict (id) do nothing
            """)
    }
}
