import Foundation
import HoneCore

/// Who asks, and what they may do.
struct Caller: Sendable {
    /// `key:<id>`, `jwt:<subject>`, or `local` where authentication is off. What they submit is theirs by this.
    let id: String
    let role: Role
    /// When what they proved it with ends by itself.
    var until: Date?

    /// Everybody, where authentication is off.
    static let local = Caller(id: "local", role: .admin)
}

/// Whoever comes with another token is the same all the same.
extension Caller: Hashable {
    static func == (left: Caller, right: Caller) -> Bool { left.id == right.id && left.role == right.role }

    func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(role)
    }
}

extension Caller {
    private static let keyMark = "key:"

    /// The id of whoever holds this key.
    static func id(ofKey key: UUID) -> String { keyMark + key.text }

    /// The key that a caller of this id holds; nil for callers without one.
    static func key(of id: String) -> UUID? {
        id.hasPrefix(keyMark) ? UUID(uuidString: String(id.dropFirst(keyMark.count))) : nil
    }
}
