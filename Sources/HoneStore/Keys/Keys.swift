public import Foundation
public import HoneCore
import Postgres

/// `api_keys`: who may call the gateway. Keys themselves are nowhere, only salted hashes of them.
public struct Keys: Sendable {
    let executor: any SQLExecutor

    /// Makes `key` known, and says how it is listed from now on.
    public func create(_ key: APIKey, name: String, role: Role, expiresAt: Date? = nil) async throws -> KeyRecord {
        let salt = APIKey.salt()
        let record = KeyRecord(new: key, name: name.storable, role: role, expiresAt: expiresAt)
        try await executor.run(
            """
            insert into api_keys (id, name, role, prefix, salt, hash, created_at, expires_at)
            values (
                \(record.id)::uuid, \(record.name)::text, \(role)::text, \(key.prefix)::text, \(salt)::bytea,
                \(key.hash(salt: salt))::bytea, \(record.createdAt)::timestamptz, \(expiresAt)::timestamptz)
            """)
        return record
    }

    /// All keys, revoked ones too, the oldest first.
    public func all() async throws -> [KeyRecord] {
        try await executor.query(
            """
            select id, name, role, prefix, created_at, expires_at, last_used_at, revoked_at
            from api_keys order by created_at, id
            """, as: KeyRecord.self)
    }

    /// Ends a key for good. Nil when there is none of this id that still holds.
    public func revoke(_ id: UUID) async throws -> KeyRecord? {
        try await executor.first(
            """
            update api_keys set revoked_at = now() where id = \(id)::uuid and revoked_at is null
            returning id, name, role, prefix, created_at, expires_at, last_used_at, revoked_at
            """, as: KeyRecord.self)
    }

    /// Those of these keys that nobody has revoked.
    public func unrevoked(among ids: [UUID]) async throws -> Set<UUID> {
        Set(
            try await executor.query(
                """
                select id from api_keys where id = any(\(ids)::uuid[]) and revoked_at is null
                """, as: UUID.self))
    }

    /// The keys with this prefix that still hold: one as a rule.
    public func candidates(prefix: String) async throws -> [KeyCandidate] {
        try await executor.query(
            """
            select id, role, salt, hash, expires_at, last_used_at from api_keys
            where prefix = \(prefix)::text and revoked_at is null and (expires_at is null or expires_at > now())
            order by id limit 8
            """, as: KeyCandidate.self)
    }

    /// Notes that a key is in use, once a minute at most.
    public func touch(_ id: UUID) async throws {
        try await executor.run(
            """
            update api_keys set last_used_at = now()
            where id = \(id)::uuid and (last_used_at is null or last_used_at < now() - interval '1 minute')
            """)
    }
}
