public import Foundation
public import HoneCore
public import HoneIntelligence

/// Something a person should look at.
public struct AlertRecord: Sendable, Hashable, Decodable {
    public var id: UUID
    public var kind: AlertKind
    public var subject: String
    public var severity: AlertSeverity
    public var message: String
    public var details: JSONValue
    public var raisedAt: Date
    /// Nil while it stands.
    public var clearedAt: Date?

    public var key: AlertKey { AlertKey(kind, subject) }
}

/// Which alerts are listed. Nil lets everything through.
public struct AlertFilter: Sendable, Hashable {
    public var isOpen: Bool
    public var kind: AlertKind?
    public var subject: String?
    public var severity: AlertSeverity?
    /// Those that stood at any time between these two.
    public var from: Date?
    public var to: Date?

    public init(
        isOpen: Bool = false, kind: AlertKind? = nil, subject: String? = nil, severity: AlertSeverity? = nil,
        from: Date? = nil, to: Date? = nil
    ) {
        self.isOpen = isOpen
        self.kind = kind
        self.subject = subject
        self.severity = severity
        self.from = from
        self.to = to
    }
}
