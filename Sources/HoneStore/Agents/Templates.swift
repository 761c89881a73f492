public import HoneCore
import Postgres

/// `objective_templates`: what good work in a category is.
public struct Templates: Sendable {
    let executor: any SQLExecutor

    public func all() async throws -> [ObjectiveTemplate] {
        try await executor.query(
            """
            select category, description, evaluation_criteria, recommended_agents, weights
            from objective_templates order by category
            """, as: ObjectiveTemplate.self)
    }

    /// Makes the stored template equal to `template`.
    public func apply(_ template: ObjectiveTemplate) async throws -> Change {
        let isNew = try await executor.first(
            """
            insert into objective_templates as stored (
                category, description, evaluation_criteria, recommended_agents, weights)
            values (
                \(template.category)::text, \(template.description.storable)::text,
                \(JSONText(template.evaluationCriteria))::jsonb, \(template.recommendedAgents)::text[],
                \(template.weights.json)::jsonb)
            on conflict (category) do update
            set description = excluded.description, evaluation_criteria = excluded.evaluation_criteria,
                recommended_agents = excluded.recommended_agents, weights = excluded.weights, updated_at = now()
            where (stored.description, stored.evaluation_criteria, stored.recommended_agents, stored.weights)
                is distinct from (
                    excluded.description, excluded.evaluation_criteria, excluded.recommended_agents, excluded.weights)
            returning xmax = 0 as is_new
            """, as: Bool.self)
        return Change(isNew)
    }
}
