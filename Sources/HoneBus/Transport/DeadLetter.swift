public import Foundation

/// A message that was given up, with everything it came with.
public struct DeadLetter: Hashable, Sendable, Identifiable {
    /// Its entry in `hone:dead`.
    public let id: String
    public let envelope: Envelope

    public init(id: String, envelope: Envelope) {
        self.id = id
        self.envelope = envelope
    }

    public var reason: String { text(Attribute.deadReason) }
    public var code: String { text(Attribute.deadCode) }
    /// The whole key of the stream it came from.
    public var stream: String { text(Attribute.deadStream) }
    public var group: String { text(Attribute.deadGroup) }
    public var service: String { text(Attribute.deadService) }
    public var entryID: String { text(Attribute.deadEntryID) }
    public var deliveries: Int { Int(text(Attribute.deadDeliveries)) ?? 0 }
    public var time: Date? { EventTime.date(from: text(Attribute.deadTime)) }
    /// One line per earlier attempt: time, code, reason.
    public var history: [String] {
        text(Attribute.history).split(separator: "\n").map(String.init)
    }
    /// Which fields were too large to be kept whole; nil when all are. Such a letter cannot be replayed.
    public var cut: String? { envelope.text(Attribute.deadCut) }
    public var type: String? { envelope.text(Attribute.type) }
    public var eventID: String? { envelope.text(Attribute.id) }
    /// The payload, which need not be JSON.
    public var data: [UInt8]? { envelope[Attribute.data] }

    private func text(_ name: String) -> String {
        envelope.text(name) ?? ""
    }
}

/// Which dead letters are meant; absent means any.
public struct DeadLetterFilter: Hashable, Sendable {
    public var code: String?
    public var group: String?
    /// The whole key.
    public var stream: String?
    /// Given up before this time.
    public var before: Date?

    public init(code: String? = nil, group: String? = nil, stream: String? = nil, before: Date? = nil) {
        self.code = code
        self.group = group
        self.stream = stream
        self.before = before
    }

    public static let all = DeadLetterFilter()

    public func matches(_ letter: DeadLetter) -> Bool {
        (code ?? letter.code) == letter.code && (group ?? letter.group) == letter.group
            && (stream ?? letter.stream) == letter.stream && isOldEnough(letter)
    }

    private func isOldEnough(_ letter: DeadLetter) -> Bool {
        guard let before else { return true }
        return letter.time.map { $0 < before } ?? false
    }
}

/// The dead letters, for people who look into them.
public protocol DeadLetterStore: Sendable {
    /// Oldest first, those after the letter `after` (exclusive), at most `limit`.
    func deadLetters(_ filter: DeadLetterFilter, after: String?, limit: Int) async throws -> [DeadLetter]

    func deadLetter(_ id: String) async throws -> DeadLetter?

    /// Puts these back into their streams, with their ids and for the group that refused them alone; returns those
    /// that were still there, and whole.
    func replay(_ ids: [String]) async throws -> [String]

    /// Deletes these for good; returns how many were there.
    func purge(_ ids: [String]) async throws -> Int
}
