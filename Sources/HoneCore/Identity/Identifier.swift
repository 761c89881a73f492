public import Foundation

/// A UUID that says what it names, so that a task's id is never passed where a prompt's is meant.
///
/// New ones are UUIDv7 (RFC 9562 §5.7, ordered by time); those that a message causes are derived from it (UUIDv5, §5.5).
public struct Identifier<Subject>: Hashable, Sendable, CustomStringConvertible {
    public let uuid: UUID

    public init(_ uuid: UUID) {
        self.uuid = uuid
    }

    /// Reads the canonical textual form; nil when `text` is not a UUID.
    public init?(_ text: String) {
        guard let uuid = UUID(canonical: text) else { return nil }
        self.uuid = uuid
    }

    /// Lower case, as RFC 9562 §4 prints it.
    public var description: String { uuid.text }
}

extension Identifier: Comparable {
    public static func < (left: Identifier, right: Identifier) -> Bool {
        left.uuid < right.uuid
    }
}

extension Identifier: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let uuid = UUID(canonical: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a UUID")
        }
        self.uuid = uuid
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

public enum TaskSubject {}
public enum PromptSubject {}
public enum ExperimentSubject {}
public enum RoutingDecisionSubject {}
public enum OptimizationSubject {}

public typealias TaskID = Identifier<TaskSubject>
public typealias PromptID = Identifier<PromptSubject>
public typealias ExperimentID = Identifier<ExperimentSubject>
public typealias RoutingDecisionID = Identifier<RoutingDecisionSubject>
public typealias OptimizationID = Identifier<OptimizationSubject>
