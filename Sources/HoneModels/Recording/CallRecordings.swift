/// Which call a recording is of.
public struct RecordingKey: Hashable, Sendable {
    /// SHA-256 of the canonical request, in hexadecimal.
    public var request: String
    public var purpose: String
    /// The piece of work that asked.
    public var work: String
    /// How often the same run had asked the same before.
    public var ordinal: Int

    public init(request: String, purpose: String, work: String, ordinal: Int) {
        self.request = request
        self.purpose = purpose
        self.work = work
        self.ordinal = ordinal
    }
}

/// A call and what came of it, free of secrets.
public struct CallRecording: Hashable, Sendable {
    public var key: RecordingKey
    /// The model that was asked.
    public var model: String
    /// The canonical request, as JSON.
    public var request: String
    /// What came of it, as JSON.
    public var outcome: String
    /// It came to a fault.
    public var isFault: Bool

    public init(key: RecordingKey, model: String, request: String, outcome: String, isFault: Bool) {
        self.key = key
        self.model = model
        self.request = request
        self.outcome = outcome
        self.isFault = isFault
    }
}

/// Where recordings are kept. Safe for any number of processes at once.
public protocol CallRecordings: Sendable {
    /// The answer under exactly this key; nil when there is none, or only a fault.
    func answer(_ key: RecordingKey) async throws -> String?

    /// The outcome under this key; else that of another caller's equal request: an answer before a fault, one for the
    /// same purpose before others, one with the same ordinal before others, and of those the first one recorded.
    func closest(to key: RecordingKey) async throws -> String?

    /// Keeps a recording. An answer that is there already stands, and is returned; a fault gives way.
    func keep(_ recording: CallRecording) async throws -> String?
}
