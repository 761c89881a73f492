public import HoneCore

/// A fact in the past tense that travels on a stream: what services tell each other, and nothing else.
public protocol Message: Codable, Sendable {
    /// The CloudEvents `type`, versioned: `hone.task.submitted.v1`.
    static var type: String { get }
    static var topic: Topic { get }

    /// Says what the types cannot: ranges, lengths, fields that exclude each other.
    func validate() throws(InvalidValue)

    /// Which of a laned topic's streams this message takes; other topics ignore it.
    var lane: Lane { get }
    /// Messages with the same key share a partition, hence keep their order.
    var partitionKey: String { get }
}

extension Message {
    public func validate() throws(InvalidValue) {}
    public var lane: Lane { .standard }
}
