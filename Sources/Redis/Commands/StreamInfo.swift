/// What Redis knows about a stream.
public struct RedisStreamInfo: Sendable, Hashable {
    public let length: Int
    public let groups: Int
    public let lastGeneratedID: RedisStreamID
    /// All that were ever added; nil before Redis 7.
    public let entriesAdded: Int?
    public let firstEntry: RedisStreamEntry?
    public let lastEntry: RedisStreamEntry?
}

/// What Redis knows about a consumer group.
public struct RedisGroupInfo: Sendable, Hashable {
    public let name: String
    public let consumers: Int
    public let pending: Int
    public let lastDeliveredID: RedisStreamID
    /// How many entries the group has read; nil when Redis cannot tell.
    public let entriesRead: Int?
    /// How many entries the group has yet to read; nil when Redis cannot tell (entries in between were deleted).
    public let lag: Int?
}

/// What Redis knows about a consumer.
public struct RedisConsumerInfo: Sendable, Hashable {
    public let name: String
    public let pending: Int
    /// Since it last asked for something.
    public let idle: Duration
}

extension RedisCommand {
    public static func xinfoStream(_ key: String) -> RedisCommand { RedisCommand("XINFO STREAM", [.string(key)]) }
    public static func xinfoGroups(_ key: String) -> RedisCommand { RedisCommand("XINFO GROUPS", [.string(key)]) }
    public static func xinfoConsumers(_ key: String, group: String) -> RedisCommand {
        RedisCommand("XINFO CONSUMERS", [.string(key), .string(group)])
    }
}

extension RedisExecutor {
    /// Throws `server` with the code `ERR` when there is no such stream, as the next two do.
    public func xinfoStream(_ key: String) async throws -> RedisStreamInfo {
        let facts = try await RedisFacts(ask(.xinfoStream(key)))
        return RedisStreamInfo(
            length: try facts.integer("length"), groups: try facts.integer("groups"),
            lastGeneratedID: try facts["last-generated-id"].streamID(),
            entriesAdded: facts.optionalInteger("entries-added"),
            firstEntry: try facts.optional("first-entry")?.streamEntry(),
            lastEntry: try facts.optional("last-entry")?.streamEntry())
    }

    /// The groups of a stream.
    public func xinfoGroups(_ key: String) async throws -> [RedisGroupInfo] {
        try await ask(.xinfoGroups(key)).elements().map { group in
            let facts = try RedisFacts(group)
            return RedisGroupInfo(
                name: try facts["name"].text(), consumers: try facts.integer("consumers"),
                pending: try facts.integer("pending"), lastDeliveredID: try facts["last-delivered-id"].streamID(),
                entriesRead: facts.optionalInteger("entries-read"), lag: facts.optionalInteger("lag"))
        }
    }

    /// The consumers of a group.
    public func xinfoConsumers(_ key: String, group: String) async throws -> [RedisConsumerInfo] {
        try await ask(.xinfoConsumers(key, group: group)).elements().map { consumer in
            let facts = try RedisFacts(consumer)
            return RedisConsumerInfo(
                name: try facts["name"].text(), pending: try facts.integer("pending"),
                idle: try facts["idle"].milliseconds())
        }
    }
}

/// Named facts, as the XINFO commands answer.
private struct RedisFacts {
    private let facts: [String: RedisAnswer]
    private let command: String

    init(_ answer: RedisAnswer) throws {
        facts = Dictionary(try answer.pairs().map { ($0.name, $0.value) }) { _, last in last }
        command = answer.command
    }

    subscript(name: String) -> RedisAnswer {
        get throws(RedisError) {
            guard let fact = facts[name] else { throw .unexpectedReply(command: command, expected: name) }
            return fact
        }
    }

    func integer(_ name: String) throws -> Int { try self[name].integer() }
    func optional(_ name: String) -> RedisAnswer? { facts[name].flatMap { $0.isNull ? nil : $0 } }
    func optionalInteger(_ name: String) -> Int? { facts[name]?.value.int }
}
