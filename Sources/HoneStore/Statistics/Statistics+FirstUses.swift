public import Foundation
public import HoneIntelligence
import Postgres

extension Statistics {
    /// When agents first used models, looked for from the given days on. Those without a score are left out.
    public func firstUses(of uses: [ModelUse]) async throws -> [ModelUse: Date] {
        struct Row: Decodable {
            var place: Int
            var time: Date
        }
        guard !uses.isEmpty else { return [:] }
        let rows = try await executor.query(
            """
            select pair.place, first.created_at as time
            from unnest(
                \(Array(uses.indices))::integer[], \(uses.map(\.agent))::text[], \(uses.map(\.model))::text[],
                \(uses.map(\.since.start))::timestamptz[]) as pair (place, agent_id, model, since)
            cross join lateral (
                select created_at from agent_performance_scores as score
                where score.agent_id = pair.agent_id and score.model_used = pair.model
                    and score.created_at >= pair.since and score.experiment_id is null
                order by created_at limit 1) as first
            """, as: Row.self)
        return Dictionary(rows.map { (uses[$0.place], $0.time) }) { first, _ in first }
    }
}
