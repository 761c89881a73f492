public import Foundation
public import HoneCore

/// A key to the gateway as people see it: all but the key.
public struct KeyRecord: Sendable, Hashable, Decodable {
    public var id: UUID
    public var name: String
    public var role: Role
    /// The part of the key by which its owner recognises it.
    public var prefix: String
    public var createdAt: Date
    public var expiresAt: Date?
    /// To the minute.
    public var lastUsedAt: Date?
    public var revokedAt: Date?

    init(new key: APIKey, name: String, role: Role, expiresAt: Date?) {
        var generator = SystemRandomNumberGenerator()
        let now = Date()
        (id, createdAt) = (.v7(at: now, using: &generator), now)
        (self.name, self.role, prefix, self.expiresAt) = (name, role, key.prefix, expiresAt)
    }
}

/// What a key is checked against.
public struct KeyCandidate: Sendable, Decodable {
    public var id: UUID
    public var role: Role
    public var salt: Data
    public var hash: Data
    public var expiresAt: Date?
    public var lastUsedAt: Date?
}
