public import Foundation
import Postgres

/// `recorded_circumstances`: what runs took from outside besides their models' answers.
public struct RecordedCircumstances: Sendable {
    let executor: any SQLExecutor

    /// All of one kind.
    public func all(of kind: String) async throws -> [RecordedCircumstance] {
        try await executor.query(
            """
            select kind, subject, value from recorded_circumstances where kind = \(kind)::text
            """, as: RecordedCircumstance.self)
    }

    /// Some of any kind, in order; `last` is the last one of the page before.
    public func page(after last: RecordedCircumstance?, limit: Int) async throws -> [RecordedCircumstance] {
        try await executor.query(
            """
            select kind, subject, value from recorded_circumstances
            where \(last?.kind)::text is null or (kind, subject) > (\(last?.kind)::text, \(last?.subject)::text)
            order by kind, subject limit \(limit)::bigint
            """, as: RecordedCircumstance.self)
    }

    public func count() async throws -> Int {
        try await executor.first(
            """
            select count(*) from recorded_circumstances
            """, as: Int.self) ?? 0
    }

    /// Keeps circumstances. Of two about the same the first stands; the last one where `replacing`. Returns how many
    /// were written.
    @discardableResult
    public func keep(_ circumstances: [RecordedCircumstance], replacing: Bool = false) async throws -> Int {
        guard !circumstances.isEmpty else { return 0 }
        let rows = replacing ? circumstances.reversed() : circumstances
        return try await executor.run(
            """
            insert into recorded_circumstances as known (kind, subject, value)
            select distinct on (kind, subject) kind, subject, value::jsonb
            from unnest(
                \(rows.map(\.kind))::text[], \(rows.map(\.subject.storable))::text[],
                \(rows.map { JSONText($0.value) })::text[]
            ) with ordinality as item (kind, subject, value, place)
            order by kind, subject, place
            on conflict (kind, subject) do update set value = excluded.value, recorded_at = now()
            where \(replacing)::boolean
            """)
    }

    /// Forgets what was recorded before `time`. Returns how many.
    @discardableResult
    public func prune(before time: Date) async throws -> Int {
        try await executor.run(
            """
            delete from recorded_circumstances where recorded_at < \(time)::timestamptz
            """)
    }
}
