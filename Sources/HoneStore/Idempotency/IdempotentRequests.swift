public import Foundation
import HoneCore
import Postgres

/// A request that must have its effects once: whose it is, by what name, and what it asks.
public struct IdempotentRequest: Sendable, Hashable {
    public var caller: String
    public var key: String
    /// SHA-256 over method, path and body.
    public var hash: Data

    public init(caller: String, key: String, hash: Data) {
        self.caller = caller
        self.key = key
        self.hash = hash
    }
}

/// The answer that every repetition gets.
public struct KeptAnswer: Sendable, Hashable {
    public var status: Int
    public var headers: [String: String]
    public var body: Data

    public init(status: Int, headers: [String: String], body: Data) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// What a request under a key is to do.
public enum IdempotencyClaim: Sendable, Hashable {
    /// Go on: it is the first, and the key is its own until it is settled or given up.
    case first
    /// Answer this.
    case answered(KeptAnswer)
    /// The first one is still at work.
    case running
    /// The key belongs to another request.
    case mismatch
}

/// `idempotent_requests`: answers kept for a day.
public struct IdempotentRequests: Sendable {
    let executor: any SQLExecutor

    private struct Row: Decodable {
        var requestHash: Data
        var status: Int?
        var headers: [String: String]
        var body: Data
    }

    /// Takes the key, or says what became of the request that has it. A request that has been at work for ten minutes
    /// died with its gateway; one that is a day old is forgotten.
    public func claim(_ request: IdempotentRequest) async throws -> IdempotencyClaim {
        let isFirst = try await executor.first(
            """
            insert into idempotent_requests as known (caller, key, request_hash)
            values (\(request.caller.storable)::text, \(request.key.storable)::text, \(request.hash)::bytea)
            on conflict (caller, key) do update
            set request_hash = excluded.request_hash, status = null, headers = '{}', body = '', created_at = now()
            where known.created_at < now() - interval '24 hours'
                or (known.status is null and known.created_at < now() - interval '10 minutes')
            returning true as is_first
            """, as: Bool.self)
        if isFirst == true { return .first }
        let row = try await executor.first(
            """
            select request_hash, status, headers, body from idempotent_requests
            where caller = \(request.caller.storable)::text and key = \(request.key.storable)::text
            """, as: Row.self)
        // Given up by the other between the two statements: the next try is the first.
        guard let row else { return .running }
        guard row.requestHash == request.hash else { return .mismatch }
        return row.status.map { .answered(KeptAnswer(status: $0, headers: row.headers, body: row.body)) } ?? .running
    }

    /// Keeps the answer of the request that holds the key.
    public func settle(_ request: IdempotentRequest, with answer: KeptAnswer) async throws {
        try await executor.run(
            """
            update idempotent_requests
            set status = \(answer.status)::integer, headers = \(JSONText(answer.headers))::jsonb,
                body = \(answer.body)::bytea
            where caller = \(request.caller.storable)::text and key = \(request.key.storable)::text
                and request_hash = \(request.hash)::bytea and status is null
            """)
    }

    /// Frees the key of a request that had no effect.
    public func giveUp(_ request: IdempotentRequest) async throws {
        try await executor.run(
            """
            delete from idempotent_requests
            where caller = \(request.caller.storable)::text and key = \(request.key.storable)::text
                and request_hash = \(request.hash)::bytea and status is null
            """)
    }

    /// Forgets what is older; returns how many.
    @discardableResult
    public func sweep(before time: Date) async throws -> Int {
        try await executor.run(
            """
            delete from idempotent_requests where created_at < \(time)::timestamptz
            """)
    }
}
