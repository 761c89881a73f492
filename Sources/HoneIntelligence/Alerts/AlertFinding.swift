public import HoneCore

/// What a detector has found, for the person who is to look at it.
public struct AlertFinding: Hashable, Sendable {
    public var severity: AlertSeverity
    /// One sentence.
    public var message: String
    /// The figures behind it.
    public var details: [String: JSONValue]

    public init(_ severity: AlertSeverity, _ message: String, details: [String: JSONValue] = [:]) {
        self.severity = severity
        self.message = message
        self.details = details
    }
}

/// How a detector answers.
public enum AlertCondition: Hashable, Sendable {
    case present(AlertFinding)
    /// Near the bound, or too little to tell: what stands goes on standing, and nothing is raised.
    case unclear
    case absent
}

/// What an alert is about: of one kind and subject at most one stands at a time.
public struct AlertKey: Hashable, Sendable {
    public var kind: AlertKind
    /// An agent, a model, a stream.
    public var subject: String

    public init(_ kind: AlertKind, _ subject: String) {
        self.kind = kind
        self.subject = subject
    }
}

/// What is to be raised and what is over, given what stands.
public struct AlertChanges: Hashable, Sendable {
    public var raised: [AlertKey: AlertFinding] = [:]
    public var cleared: Set<AlertKey> = []

    /// Raises what is present and does not stand yet; clears what is absent, or was not looked at: its subject is gone.
    public init(standing: Set<AlertKey>, conditions: [AlertKey: AlertCondition]) {
        for (key, condition) in conditions {
            if case .present(let finding) = condition, !standing.contains(key) { raised[key] = finding }
        }
        cleared = standing.filter { conditions[$0, default: .absent] == .absent }
    }
}
