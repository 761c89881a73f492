public import Foundation
public import HoneCore
import Postgres

/// A label that somebody put on a prompt, or took off.
public struct PromptLabelChange: Sendable, Decodable, Hashable {
    public var label: String
    /// Put on; else taken off.
    public var present: Bool
    public var actor: String
    public var reason: String
    public var createdAt: Date
}

extension Prompts {
    /// Puts labels on a prompt and takes others off; returns how many that changed. What is so already leaves no row.
    public func label(
        _ id: PromptID, adding added: [String], removing removed: [String], by actor: String, because reason: String
    ) async throws -> Int {
        let labels = added + removed
        let isPresent = added.map { _ in true } + removed.map { _ in false }
        return try await executor.run(
            """
            insert into prompt_labels (prompt_id, label, present, actor, reason)
            select \(id)::uuid, label, present, \(actor.storable)::text, \(reason.storable)::text
            from unnest(\(labels)::text[], \(isPresent)::boolean[]) with ordinality as given (label, present, place)
            where (label = any(labels_of(\(id)::uuid))) <> present
            order by place
            """)
    }

    /// What became of a prompt's labels, the first change first.
    public func labelChanges(of id: PromptID) async throws -> [PromptLabelChange] {
        try await executor.query(
            """
            select label, present, actor, reason, created_at
            from prompt_labels where prompt_id = \(id)::uuid order by id
            """, as: PromptLabelChange.self)
    }
}
