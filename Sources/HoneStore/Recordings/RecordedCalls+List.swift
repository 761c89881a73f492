import Foundation
import Postgres

/// Which recordings to list. Nil lets everything through.
public struct RecordedCallFilter: Sendable {
    public var model: String?
    public var purpose: String?
    /// What the piece of work's name begins with, such as a task's id.
    public var work: String?
    /// What the request's hash begins with.
    public var request: String?

    public init(model: String? = nil, purpose: String? = nil, work: String? = nil, request: String? = nil) {
        self.model = model
        self.purpose = purpose
        self.work = work
        self.request = request
    }
}

extension RecordedCalls {
    /// Recordings, newest first; `last` is the id of the last one of the page before.
    public func list(
        _ filter: RecordedCallFilter, after last: Int64? = nil, limit: Int
    ) async throws -> [RecordedCallSummary] {
        try await executor.query(
            """
            select id, request_hash, purpose, work, ordinal, model, is_fault,
                (octet_length(request::text) + octet_length(outcome::text))::bigint as bytes,
                recorded_at
            from recorded_calls
            where (\(filter.model)::text is null or model = \(filter.model)::text)
                and (\(filter.purpose)::text is null or purpose = \(filter.purpose)::text)
                and (\(filter.work)::text is null or starts_with(work, \(filter.work)::text))
                and (\(filter.request)::text is null or starts_with(request_hash, \(filter.request)::text))
                and (\(last)::bigint is null or id < \(last)::bigint)
            order by id desc limit \(limit)::bigint
            """, as: RecordedCallSummary.self)
    }

    /// How much there is, per model and purpose.
    public func totals() async throws -> [RecordedCallTotal] {
        try await executor.query(
            """
            select model, purpose, count(*) as calls, count(*) filter (where is_fault) as faults,
                sum(octet_length(request::text) + octet_length(outcome::text))::bigint as bytes,
                min(recorded_at) as first_at, max(recorded_at) as last_at
            from recorded_calls group by model, purpose order by model, purpose
            """, as: RecordedCallTotal.self)
    }

    /// Whole recordings in the order in which they were made; `last` is the id of the last one of the page before.
    public func page(after last: Int64, limit: Int) async throws -> [(id: Int64, call: RecordedCall)] {
        struct Row: Decodable {
            var id: Int64
            var call: RecordedCall

            enum CodingKeys: String, CodingKey { case id }

            init(from decoder: any Decoder) throws {
                id = try decoder.container(keyedBy: CodingKeys.self).decode(Int64.self, forKey: .id)
                call = try RecordedCall(from: decoder)
            }
        }
        return try await executor.query(
            """
            select id, request_hash, purpose, work, ordinal, model, request, outcome, is_fault, recorded_at
            from recorded_calls where id > \(last)::bigint order by id limit \(limit)::bigint
            """, as: Row.self
        ).map { ($0.id, $0.call) }
    }

    /// Takes recordings in; those that are there already stay as they are. Returns how many were new.
    public func take(_ calls: [RecordedCall]) async throws -> Int {
        guard !calls.isEmpty else { return 0 }
        return try await executor.run(
            """
            insert into recorded_calls (
                request_hash, purpose, work, ordinal, model, request, outcome, is_fault, recorded_at)
            select request_hash, purpose, work, ordinal, model, request::jsonb, outcome::jsonb, is_fault, recorded_at
            from unnest(
                \(calls.map(\.requestHash))::text[], \(calls.map(\.purpose.storable))::text[],
                \(calls.map(\.work.storable))::text[], \(calls.map(\.ordinal))::integer[],
                \(calls.map(\.model.storable))::text[], \(calls.map { JSONText($0.request) })::text[],
                \(calls.map { JSONText($0.outcome) })::text[], \(calls.map(\.isFault))::boolean[],
                \(calls.map(\.recordedAt))::timestamptz[]
            ) as call (request_hash, purpose, work, ordinal, model, request, outcome, is_fault, recorded_at)
            on conflict (request_hash, purpose, work, ordinal) do nothing
            """)
    }
}
