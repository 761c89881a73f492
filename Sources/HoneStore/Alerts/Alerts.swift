public import Foundation
import HoneCore
public import HoneIntelligence
import Postgres

/// `alerts`: of one kind and subject at most one stands at a time.
public struct Alerts: Sendable {
    let executor: any SQLExecutor

    /// Alerts, newest first; `last` is the time and id of the last one of the page before.
    public func list(
        _ filter: AlertFilter = AlertFilter(), after last: (time: Date, id: UUID)? = nil, limit: Int
    ) async throws -> [AlertRecord] {
        try await executor.query(
            """
            select id, kind, subject, severity, message, details, raised_at, cleared_at from alerts
            where (not \(filter.isOpen)::boolean or cleared_at is null)
                and (\(filter.kind)::text is null or kind = \(filter.kind)::text)
                and (\(filter.subject?.storable)::text is null or subject = \(filter.subject?.storable)::text)
                and (\(filter.severity)::text is null or severity = \(filter.severity)::text)
                and (\(filter.from)::timestamptz is null
                    or coalesce(cleared_at, 'infinity') >= \(filter.from)::timestamptz)
                and (\(filter.to)::timestamptz is null or raised_at <= \(filter.to)::timestamptz)
                and (\(last?.time)::timestamptz is null
                    or (raised_at, id) < (\(last?.time)::timestamptz, \(last?.id)::uuid))
            order by raised_at desc, id desc limit \(limit)::bigint
            """, as: AlertRecord.self)
    }

    public func load(_ ids: [UUID]) async throws -> [AlertRecord] {
        try await executor.query(
            """
            select id, kind, subject, severity, message, details, raised_at, cleared_at from alerts
            where id = any(\(ids)::uuid[]) order by raised_at, id
            """, as: AlertRecord.self)
    }

    /// Those of these kinds that stand.
    public func standing(_ kinds: Set<AlertKind>) async throws -> Set<AlertKey> {
        struct Row: Decodable {
            var kind: AlertKind
            var subject: String
        }
        let rows = try await executor.query(
            """
            select kind, subject from alerts
            where cleared_at is null and kind = any(\(kinds.map(\.rawValue))::text[])
            """, as: Row.self)
        return Set(rows.map { AlertKey($0.kind, $0.subject) })
    }

    /// Raises alerts, but for those that stand already; returns the new ones.
    @discardableResult
    public func raise(_ findings: [AlertKey: AlertFinding], at time: Date) async throws -> [AlertRecord] {
        guard !findings.isEmpty else { return [] }
        let rows = findings.sorted { ($0.key.kind.rawValue, $0.key.subject) < ($1.key.kind.rawValue, $1.key.subject) }
        return try await executor.query(
            """
            insert into alerts (id, kind, subject, severity, message, details, raised_at)
            select id, kind, subject, severity, message, details::jsonb, \(time)::timestamptz
            from unnest(
                \(rows.map { _ in TaskID.new(at: time).uuid })::uuid[], \(rows.map(\.key.kind.rawValue))::text[],
                \(rows.map(\.key.subject.storable))::text[], \(rows.map(\.value.severity.rawValue))::text[],
                \(rows.map(\.value.message.storable))::text[], \(rows.map { JSONText($0.value.details) })::text[]
            ) as alert (id, kind, subject, severity, message, details)
            on conflict (kind, subject) where cleared_at is null do nothing
            returning id, kind, subject, severity, message, details, raised_at, cleared_at
            """, as: AlertRecord.self)
    }

    /// Ends what stands; returns what that was.
    @discardableResult
    public func clear(_ keys: Set<AlertKey>, at time: Date) async throws -> [AlertRecord] {
        guard !keys.isEmpty else { return [] }
        return try await executor.query(
            """
            update alerts set cleared_at = greatest(raised_at, \(time)::timestamptz)
            where cleared_at is null
                and (kind, subject) in (
                    select * from unnest(\(keys.map(\.kind.rawValue))::text[], \(keys.map(\.subject.storable))::text[]))
            returning id, kind, subject, severity, message, details, raised_at, cleared_at
            """, as: AlertRecord.self)
    }
}
