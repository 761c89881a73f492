public import Foundation
import Postgres

/// `recorded_calls`: what models answered.
public struct RecordedCalls: Sendable {
    let executor: any SQLExecutor

    /// The answer under exactly this key, as JSON; nil when there is none, or only a fault.
    public func answer(_ key: RecordedCallKey) async throws -> String? {
        try await executor.first(
            """
            select outcome::text from recorded_calls
            where request_hash = \(key.requestHash)::text and purpose = \(key.purpose)::text
                and work = \(key.work.storable)::text and ordinal = \(key.ordinal)::integer and not is_fault
            """, as: String.self)
    }

    /// The outcome under this key, as JSON; else that of an equal request: an answer before a fault, the same purpose
    /// before others, the same ordinal before others, and of those the first one recorded.
    public func closest(to key: RecordedCallKey) async throws -> String? {
        try await executor.first(
            """
            select outcome::text from recorded_calls
            where request_hash = \(key.requestHash)::text
            order by
                (purpose = \(key.purpose)::text and work = \(key.work.storable)::text
                    and ordinal = \(key.ordinal)::integer) desc,
                is_fault, (purpose = \(key.purpose)::text) desc, (ordinal = \(key.ordinal)::integer) desc,
                recorded_at, id
            limit 1
            """, as: String.self)
    }

    /// Keeps a call. An answer that is there already stands, and is returned; a fault gives way. `request` and `outcome`
    /// are JSON.
    public func keep(
        _ key: RecordedCallKey, model: String, request: String, outcome: String, isFault: Bool
    ) async throws -> String? {
        let isKept = try await executor.first(
            """
            insert into recorded_calls as known (
                request_hash, purpose, work, ordinal, model, request, outcome, is_fault)
            values (
                \(key.requestHash)::text, \(key.purpose)::text, \(key.work.storable)::text, \(key.ordinal)::integer,
                \(model)::text, \(StoredJSON(request))::jsonb, \(StoredJSON(outcome))::jsonb, \(isFault)::boolean)
            on conflict (request_hash, purpose, work, ordinal) do update
            set outcome = excluded.outcome, is_fault = excluded.is_fault, recorded_at = now()
            where known.is_fault
            returning true as is_kept
            """, as: Bool.self)
        return isKept == true ? nil : try await answer(key)
    }

    /// Forgets calls recorded before `time`, of one model where one is named. Returns how many.
    @discardableResult
    public func prune(before time: Date, model: String? = nil) async throws -> Int {
        try await executor.run(
            """
            delete from recorded_calls
            where recorded_at < \(time)::timestamptz and (\(model)::text is null or model = \(model)::text)
            """)
    }
}
