public import Foundation
public import HoneBus

/// A message that was given up.
public struct DeadLetterBody: Codable, Sendable {
    public var id: String
    public var stream: String
    public var group: String
    public var code: String
    public var reason: String
    public var service: String
    public var deliveries: Int
    @OrNull public var time: Date?
    /// Which fields were too large to be kept whole.
    @OrNull public var cut: String?
    /// One line per earlier attempt.
    public var history: [String]
    @OrNull public var type: String?
    @OrNull public var eventID: String?
    /// The payload as text; it need not be JSON.
    @OrNull public var data: String?

    enum CodingKeys: String, CodingKey {
        case id, stream, group, code, reason, service, deliveries, time, cut, history, type, data
        case eventID = "event_id"
    }

    public init(_ letter: DeadLetter) {
        id = letter.id
        stream = letter.stream
        group = letter.group
        code = letter.code
        reason = letter.reason
        service = letter.service
        deliveries = letter.deliveries
        time = letter.time
        cut = letter.cut
        history = letter.history
        type = letter.type
        eventID = letter.eventID
        data = letter.data.map { String(decoding: $0, as: UTF8.self) }
    }
}

/// Which dead letters went back into their streams.
public struct ReplayBody: Codable, Sendable {
    public var replayed: [String]

    public init(replayed: [String]) {
        self.replayed = replayed
    }
}
