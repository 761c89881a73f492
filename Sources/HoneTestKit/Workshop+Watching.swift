import Foundation
public import HoneBus
public import HoneCore
public import HoneMessages
public import HoneStore
import TestServers

/// An entry of a stream, decoded.
public struct Posted<Body: Sendable>: Sendable {
    /// The CloudEvents id: equal for the same message published again.
    public var id: String
    public var body: Body
}

extension Workshop {
    /// The messages of a type in its stream; of a laned topic, in the lane given.
    public func posted<Body: Message>(_ type: Body.Type, _ lane: Lane? = nil) async throws -> [Posted<Body>] {
        let lane = Body.topic.isLaned ? lane ?? .standard : nil
        return try await posted(type, at: key(Body.topic, lane))
    }

    /// Waits until a stream holds at least `count` messages, and returns all that it holds.
    public func posted<Body: Message>(
        _ type: Body.Type, _ lane: Lane? = nil, reaching count: Int, within limit: Duration = .seconds(20)
    ) async throws -> [Posted<Body>] {
        try await eventually(within: limit, "\(count) messages of type \(Body.type)") {
            try await posted(type, lane).count >= count
        }
        return try await posted(type, lane)
    }

    private func posted<Body: Decodable>(_ type: Body.Type, at key: String) async throws -> [Posted<Body>] {
        try await bus.entries(of: key).map { entry in
            Posted(
                id: entry.text(Attribute.id) ?? "",
                body: try WireFormat.decode(type, from: Data(entry[Attribute.data] ?? [])))
        }
    }

    /// All replies at a key.
    public func replies(at key: String) async throws -> [Posted<Reply>] { try await posted(Reply.self, at: key) }

    /// Waits for the `number`th reply at a key.
    public func reply(at key: String, number: Int = 1, within limit: Duration = .seconds(20)) async throws -> Reply {
        try await eventually(within: limit, "reply \(number) at \(key)") {
            try await bus.entries(of: key).count >= number
        }
        return try await replies(at: key)[number - 1].body
    }

    /// Waits until a task is on record in this state.
    @discardableResult
    public func task(
        _ id: TaskID, is status: TaskStatus, within limit: Duration = .seconds(20)
    ) async throws -> TaskRecord {
        var record: TaskRecord?
        try await eventually(within: limit, "task \(id) is \(status.rawValue)") {
            record = try await store.tasks.load(id)
            return record?.status == status
        }
        guard let record else { throw Missing(what: "task \(id)") }
        return record
    }

    /// Everything on record about a task.
    public func detail(_ id: TaskID) async throws -> TaskDetail {
        guard let detail = try await store.detail(of: id) else { throw Missing(what: "task \(id)") }
        return detail
    }

    /// Waits until there are `count` dead letters, and returns all.
    public func deadLetters(
        reaching count: Int, within limit: Duration = .seconds(20)
    ) async throws -> [DeadLetter] {
        try await eventually(within: limit, "\(count) dead letters") { try await deadLetters().count >= count }
        return try await deadLetters()
    }

    public func deadLetters() async throws -> [DeadLetter] {
        try await bus.transport.deadLetters(.all, after: nil, limit: 1_000)
    }

    /// Waits until the group has nothing left to do in this topic: nothing waits and nothing is under way.
    public func quiet(_ topic: Topic, _ group: String, within limit: Duration = .seconds(20)) async throws {
        try await eventually(within: limit, "\(group) is done with \(topic.name)") {
            let depth = try await bus.transport.depth(of: [topic])
            // Before the service has created its groups there is no backlog either.
            let isThere = depth.streams.allSatisfy { $0.groups.contains { $0.name == group } }
            return isThere && depth.backlog(of: group) == 0 && depth.delayed == 0
        }
    }
}

/// What should be there and is not.
public struct Missing: Error, CustomStringConvertible {
    let what: String

    public var description: String { "there is no \(what)" }
}
