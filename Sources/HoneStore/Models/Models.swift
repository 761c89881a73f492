public import HoneCore
import Postgres

/// `approved_models_provider`: what may be called and what it costs. A change is a new row that holds from now on, so
/// that old work keeps its old price.
public struct Models: Sendable {
    let executor: any SQLExecutor

    /// The approved models as they are now, by id.
    public func all() async throws -> [ApprovedModel] {
        try await executor.query(
            """
            select id, provider, base_url as "baseURL", model, api_key_env as "apiKeyEnvironment",
                case when cost_per_1k_input is not null then jsonb_build_object(
                    'inputPer1K', cost_per_1k_input,
                    'cachedInputPer1K', coalesce(cost_per_1k_cached_input, cost_per_1k_input),
                    'outputPer1K', cost_per_1k_output) end as price,
                concurrency, fallback
            from current_models where not retired order by id
            """, as: ApprovedModel.self)
    }

    /// Makes `model` the present row of its id.
    public func apply(_ model: ApprovedModel) async throws -> Change {
        let known = try await all()
        guard known.first(where: { $0.id == model.id }) != model else { return .unchanged }
        try await insert(model)
        return known.contains { $0.id == model.id } ? .updated : .created
    }

    private func insert(_ model: ApprovedModel) async throws {
        try await executor.run(
            """
            insert into approved_models_provider (
                id, provider, model, base_url, api_key_env, cost_per_1k_input, cost_per_1k_cached_input,
                cost_per_1k_output, concurrency, fallback, valid_from)
            values (
                \(model.id)::text, \(model.provider)::text, \(model.model.storable)::text, \(model.baseURL)::text,
                \(model.apiKeyEnvironment)::text, \(model.price?.inputPer1K)::double precision,
                \(model.price?.cachedInputPer1K)::double precision, \(model.price?.outputPer1K)::double precision,
                \(model.concurrency)::integer, \(model.fallback)::text[], now())
            on conflict (id, valid_from) do update
            set provider = excluded.provider, model = excluded.model, base_url = excluded.base_url,
                api_key_env = excluded.api_key_env, cost_per_1k_input = excluded.cost_per_1k_input,
                cost_per_1k_cached_input = excluded.cost_per_1k_cached_input,
                cost_per_1k_output = excluded.cost_per_1k_output, concurrency = excluded.concurrency,
                fallback = excluded.fallback
            """)
    }
}
