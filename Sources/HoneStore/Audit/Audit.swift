public import Foundation
public import HoneCore
import Postgres

/// One change, and who made it.
public struct AuditEntry: Sendable, Hashable, Decodable {
    public var id: Int64
    /// `key:<id>`, `jwt:<subject>`, `local`, or `cli:<user>`.
    public var actor: String
    /// `agent.update`, `key.create`, ….
    public var action: String
    public var subjectKind: String
    public var subjectID: String
    public var details: JSONValue
    public var createdAt: Date
}

/// `audit_log`: who changed what. Rows are added, never changed.
public struct Audit: Sendable {
    let executor: any SQLExecutor

    /// Adds an entry. Run it in the transaction of the change, where there is one.
    public func record(
        actor: String, action: String, subjectKind: String, subjectID: String, details: JSONValue = .object([:])
    ) async throws {
        try await executor.run(
            """
            insert into audit_log (actor, action, subject_kind, subject_id, details)
            values (
                \(actor.storable)::text, \(action.storable)::text, \(subjectKind.storable)::text,
                \(subjectID.storable)::text, \(JSONText(details))::jsonb)
            """)
    }

    /// The last entries, the newest first; of one subject, or of all.
    public func list(
        subjectKind: String? = nil, subjectID: String? = nil, limit: Int
    ) async throws -> [AuditEntry] {
        try await executor.query(
            """
            select id, actor, action, subject_kind, subject_id as "subjectID", details, created_at from audit_log
            where (\(subjectKind)::text is null or subject_kind = \(subjectKind)::text)
                and (\(subjectID)::text is null or subject_id = \(subjectID)::text)
            order by id desc limit \(limit)::bigint
            """, as: AuditEntry.self)
    }
}
