import HoneCore

/// Who asks, and what they may do.
struct Caller: Sendable, Hashable {
    /// `key:<id>`, `jwt:<subject>`, or `local` where authentication is off. What they submit is theirs by this.
    let id: String
    let role: Role

    /// Everybody, where authentication is off.
    static let local = Caller(id: "local", role: .admin)
}
