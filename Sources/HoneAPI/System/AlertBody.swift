public import Foundation
public import HoneCore
public import HoneIntelligence
public import HoneStore

/// Something a person should look at.
public struct AlertBody: Codable, Sendable, Equatable {
    public var id: String
    public var kind: AlertKind
    public var subject: String
    public var severity: AlertSeverity
    public var message: String
    public var details: JSONValue
    public var raisedAt: Date
    @OrNull public var clearedAt: Date?

    enum CodingKeys: String, CodingKey {
        case id, kind, subject, severity, message, details
        case raisedAt = "raised_at"
        case clearedAt = "cleared_at"
    }

    public init(_ alert: AlertRecord) {
        id = alert.id.text
        kind = alert.kind
        subject = alert.subject
        severity = alert.severity
        message = alert.message
        details = alert.details
        raisedAt = alert.raisedAt
        clearedAt = alert.clearedAt
    }
}

extension Page<AlertBody> {
    /// A page of at most `limit`, of alerts of which one more was asked for.
    public static func alerts(_ alerts: [AlertRecord], limit: Int) throws -> Page {
        try Page(alerts, limit: limit, place: { TimePlace($0.raisedAt, id: $0.id.uuidString) }, item: AlertBody.init)
    }
}
