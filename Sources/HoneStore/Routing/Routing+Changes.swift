public import Foundation
public import HoneCore
public import HoneIntelligence
import Postgres

extension Routing {
    /// The scores that each of these agents got between `day` and `change`, by category. Trials are left out.
    public func superseded(
        _ changes: [(agent: AgentID, change: Date, day: Date)]
    ) async throws -> [AgentID: [HoneCore.Category: QualitySample]] {
        struct Row: Decodable {
            var agentID: AgentID
            var category: HoneCore.Category
            var count: Double
            var sum: Double
            var squares: Double
        }
        guard !changes.isEmpty else { return [:] }
        let rows = try await executor.query(
            """
            select score.agent_id as "agentID", objective_category as category,
                count(*)::double precision as count, sum(overall_score) as sum,
                sum(overall_score * overall_score) as squares
            from unnest(
                \(changes.map(\.agent))::text[], \(changes.map(\.change))::timestamptz[],
                \(changes.map(\.day))::timestamptz[]) as change (agent_id, changed_at, day)
            join agent_performance_scores as score on score.agent_id = change.agent_id
                and score.created_at >= change.day and score.created_at < change.changed_at
            where overall_score is not null and objective_category is not null and experiment_id is null
            group by score.agent_id, objective_category
            """, as: Row.self)
        return rows.reduce(into: [:]) { found, row in
            found[row.agentID, default: [:]][row.category] = QualitySample(
                count: row.count, sum: row.sum, squares: row.squares)
        }
    }
}
