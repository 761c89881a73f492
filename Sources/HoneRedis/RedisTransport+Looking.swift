import Foundation
public import HoneBus
import Redis

extension RedisTransport {
    public func depth(of topics: [Topic]) async throws -> BusDepth {
        let streams = topics.flatMap(self.streams).map(keys.key)
        var questions = streams.flatMap { [RedisCommand.xlen($0), RedisCommand.xinfoGroups($0)] }
        questions += [.zcard(keys.delayed), .xlen(keys.dead), .time]
        // One transaction: else a message on its way from the delayed set to its stream would be seen in neither.
        let replies = try await translating(keys: streams) {
            try await commands.pipeline([RedisCommand("MULTI")] + questions + [RedisCommand("EXEC")])
        }
        guard let answers = replies.last?.elements, answers.count == questions.count else {
            throw BusError.refused("EXEC answered nothing")
        }
        let depth = BusDepth(
            streams: try streams.enumerated().map { index, key in
                try BusDepth.Stream(key: key, length: answers[2 * index], groups: answers[2 * index + 1])
            },
            delayed: answers[2 * streams.count].int ?? 0, dead: answers[2 * streams.count + 1].int ?? 0,
            asOf: Date(time: answers[2 * streams.count + 2]) ?? options.clock())
        return try await adding(frontiersOf: depth, lastDelivered: streams.indices.map { answers[2 * $0 + 1] })
    }
}

extension BusDepth.Stream {
    /// From what `XLEN` and `XINFO GROUPS` answer; a stream that does not exist is empty.
    fileprivate init(key: String, length: RedisValue, groups: RedisValue) throws {
        if case .error = length { throw BusError.wrongType(key: key) }
        let length = length.int ?? 0
        let groups = (groups.elements ?? []).map { BusDepth.Group($0, of: length) }
        self.init(key: key, length: length, groups: groups)
    }
}

extension BusDepth.Group {
    fileprivate init(_ reply: RedisValue, of length: Int) {
        let facts = reply.facts
        // Redis cannot always tell the lag; then everything may be waiting.
        self.init(
            name: facts["name"]?.string ?? "", lag: facts["lag"]?.int ?? length,
            pending: facts["pending"]?.int ?? 0, members: facts["consumers"]?.int ?? 0)
    }
}

// MARK: Dead letters

extension RedisTransport {
    public func deadLetters(_ filter: DeadLetterFilter, after: String?, limit: Int) async throws -> [DeadLetter] {
        try await translating(keys: [keys.dead]) {
            var found: [DeadLetter] = []
            var start = after.map { "(\($0)" } ?? "-"
            while found.count < limit {
                let page = try await commands.xrange(keys.dead, from: start, count: 256)
                guard let last = page.last else { break }
                found += page.map(DeadLetter.init).filter(filter.matches)
                start = "(\(last.id)"
            }
            return Array(found.prefix(limit))
        }
    }

    public func deadLetter(_ id: String) async throws -> DeadLetter? {
        guard let id = RedisStreamID(id) else { return nil }
        return try await translating(keys: [keys.dead]) {
            try await commands.xrange(keys.dead, from: "\(id)", to: "\(id)").first.map(DeadLetter.init)
        }
    }

    public func replay(_ ids: [String]) async throws -> [String] {
        var replayed: [String] = []
        for id in ids {
            guard let letter = try await deadLetter(id), let entry = RedisStreamID(letter.id) else { continue }
            try await translating(keys: [letter.stream, keys.dead]) {
                // The addition goes first and alone: were it refused inside a transaction, the letter would be gone.
                try await commands.send(.add(letter.envelope.replayed(), to: letter.stream))
                try await commands.xdel(keys.dead, ids: [entry])
            }
            replayed.append(letter.id)
        }
        return replayed
    }

    public func purge(_ ids: [String]) async throws -> Int {
        try await translating(keys: [keys.dead]) {
            try await commands.xdel(keys.dead, ids: ids.compactMap { RedisStreamID($0) })
        }
    }
}

extension DeadLetter {
    fileprivate init(_ entry: RedisStreamEntry) {
        self.init(id: "\(entry.id)", envelope: Envelope(entry))
    }
}
