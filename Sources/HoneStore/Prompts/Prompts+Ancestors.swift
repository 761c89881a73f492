public import HoneCore
import Postgres

/// That one prompt was made of another.
public struct PromptParent: Sendable, Decodable, Hashable {
    public var childID: PromptID
    public var parentID: PromptID
    /// `mutation`, `crossover`, `merge` or `copy`.
    public var role: String
    public var ordinal: Int
}

extension Prompts {
    /// A prompt and all that it comes from, the oldest first.
    public func ancestors(of id: PromptID) async throws -> [PromptHistory] {
        try await executor.query(
            """
            with recursive ancestors (id) as (
                select \(id)::uuid
                union select parent_id from prompt_parents join ancestors on child_id = ancestors.id
            )
            select * from (\(fragment: Self.everyPrompt)) as prompt
            where id in (select id from ancestors) order by created_at, id
            """, as: PromptHistory.self)
    }

    /// What each of these prompts was made of.
    public func parentage(of ids: [PromptID]) async throws -> [PromptParent] {
        try await executor.query(
            """
            select child_id as "childID", parent_id as "parentID", role, ordinal from prompt_parents
            where child_id = any(\(ids)::uuid[]) order by child_id, ordinal, parent_id
            """, as: PromptParent.self)
    }
}
