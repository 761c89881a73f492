public import Foundation
public import HoneCore

/// Which call a recording is of: what was asked, by whom, and how often before in the same run.
public struct RecordedCallKey: Sendable, Hashable {
    /// SHA-256 of the canonical request, in hexadecimal.
    public var requestHash: String
    public var purpose: String
    public var work: String
    public var ordinal: Int

    public init(requestHash: String, purpose: String, work: String, ordinal: Int) {
        self.requestHash = requestHash
        self.purpose = purpose
        self.work = work
        self.ordinal = ordinal
    }
}

/// A model call and what came of it. The documents are their writer's; here they are only kept.
public struct RecordedCall: Sendable, Hashable, Codable {
    public var requestHash: String
    public var purpose: String
    public var work: String
    public var ordinal: Int
    public var model: String
    public var request: JSONValue
    public var outcome: JSONValue
    public var isFault: Bool
    public var recordedAt: Date

    enum CodingKeys: String, CodingKey {
        case purpose, work, ordinal, model, request, outcome
        case requestHash = "request_hash"
        case isFault = "is_fault"
        case recordedAt = "recorded_at"
    }
}

/// A recording in a list.
public struct RecordedCallSummary: Sendable, Hashable, Decodable {
    public var id: Int64
    public var requestHash: String
    public var purpose: String
    public var work: String
    public var ordinal: Int
    public var model: String
    public var isFault: Bool
    /// Of both documents.
    public var bytes: Int64
    public var recordedAt: Date
}

/// How much there is of one model and purpose.
public struct RecordedCallTotal: Sendable, Hashable, Decodable {
    public var model: String
    public var purpose: String
    public var calls: Int64
    public var faults: Int64
    public var bytes: Int64
    public var firstAt: Date
    public var lastAt: Date
}

/// Something else that a run took from outside.
public struct RecordedCircumstance: Sendable, Hashable, Codable {
    public var kind: String
    /// What it is about, such as a task and an attempt.
    public var subject: String
    public var value: JSONValue

    public init(kind: String, subject: String, value: JSONValue) {
        self.kind = kind
        self.subject = subject
        self.value = value
    }
}
