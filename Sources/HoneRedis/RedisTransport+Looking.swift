import Foundation
public import HoneBus
import Redis

extension RedisTransport {
    /// Of one moment on a single server. On a cluster each slot tells its own; messages on their way are seen, and
    /// perhaps twice: the delayed ones are counted before and after the streams.
    public func depth(of topics: [Topic]) async throws -> BusDepth {
        let streams = topics.flatMap(self.streams).map(keys.key)
        let questions =
            try await translating { try await cluster == nil }
            ? [streams + [keys.delayed, keys.dead]] : [[keys.delayed], streams, [keys.delayed], [keys.dead]]
        var answers: [String: [RedisValue]] = [:]
        var (delayed, asOf) = (0, options.clock())
        for (round, keys) in questions.enumerated() {
            answers.merge(try await ask(about: keys)) { _, new in new }
            guard let waiting = answers[self.keys.delayed], waiting.count == 2 else { continue }
            delayed = max(delayed, waiting[0].int ?? 0)
            if round == 0, let time = Date(time: waiting[1]) { asOf = time }
        }
        let depth = BusDepth(
            streams: try streams.map { try BusDepth.Stream(key: $0, answers[$0] ?? []) }, delayed: delayed,
            dead: answers[keys.dead]?.first?.int ?? 0, asOf: asOf)
        return try await adding(frontiersOf: depth, lastDelivered: streams.map { answers[$0]?.last ?? .null })
    }

    /// By key: how many are delayed, and the server's time; how many are dead; a stream's length and groups.
    ///
    /// One transaction per slot: else a message on its way from the delayed set to its stream would be seen in neither.
    private func ask(about keys: [String]) async throws -> [String: [RedisValue]] {
        let parts = try await parts(keys) { $0 }
        let answers = await tryEach(parts) { keys in
            let questions = keys.map(self.questions)
            let replies = try await self.translating(keys: keys) {
                try await self.commands.pipeline(
                    [RedisCommand("MULTI")] + questions.flatMap { $0 } + [RedisCommand("EXEC")])
            }
            guard var answers = replies.last?.elements?[...], answers.count == questions.reduce(0, { $0 + $1.count })
            else { throw BusError.refused("EXEC answered nothing") }
            return zip(keys, questions).map { key, questions in
                defer { answers = answers.dropFirst(questions.count) }
                return (key, Array(answers.prefix(questions.count)))
            }
        }
        return Dictionary(try answers.all().flatMap { $0 }) { first, _ in first }
    }

    private func questions(about key: String) -> [RedisCommand] {
        switch key {
        case keys.delayed: [.zcard(key), .time]
        case keys.dead: [.xlen(key)]
        default: [.xlen(key), .xinfoGroups(key)]
        }
    }
}

extension BusDepth.Stream {
    /// From what `XLEN` and `XINFO GROUPS` answer; a stream that does not exist is empty.
    fileprivate init(key: String, _ answers: [RedisValue]) throws {
        guard answers.count == 2, let length = answers[0].int else { throw BusError.wrongType(key: key) }
        let groups = (answers[1].elements ?? []).map { BusDepth.Group($0, of: length) }
        self.init(key: key, length: length, groups: groups)
    }
}

extension BusDepth.Group {
    fileprivate init(_ reply: RedisValue, of length: Int) {
        let facts = reply.facts
        // Redis cannot always tell the lag; then everything may be waiting. After a restart or a trim it may tell more
        // than there are: what is not in the stream does not wait.
        self.init(
            name: facts["name"]?.string ?? "", lag: min(facts["lag"]?.int ?? length, length),
            pending: facts["pending"]?.int ?? 0, members: facts["consumers"]?.int ?? 0)
    }
}
