import Foundation
import HoneBus
import Redis

extension RedisTransport {
    /// Adds to each group that has work the time of the oldest entry it still needs. `lastDelivered` is what
    /// `XINFO GROUPS` said of each stream.
    func adding(frontiersOf depth: BusDepth, lastDelivered: [RedisValue]) async throws -> BusDepth {
        var depth = depth
        let busy = depth.streams.indices.flatMap { stream in
            depth.streams[stream].groups.indices.filter { depth.streams[stream].groups[$0].isBusy }.map { (stream, $0) }
        }
        guard !busy.isEmpty else { return depth }
        let questions = busy.map { stream, group in
            depth.streams[stream].groups[group].oldestNeeded(
                on: depth.streams[stream].key, after: lastDelivered[stream].elements?[group].facts["last-delivered-id"])
        }
        let replies = try await translating(keys: depth.streams.map(\.key)) { try await commands.pipeline(questions) }
        for ((stream, group), reply) in zip(busy, replies) {
            // What was settled meanwhile is needed no more, and what came meanwhile is younger than the answer.
            depth.streams[stream].groups[group].oldest = reply.elements?.first?.elements?.first?.string
                .flatMap { RedisStreamID($0) }.map { Date(timeIntervalSince1970: Double($0.milliseconds) / 1_000) }
        }
        return depth
    }
}

extension BusDepth.Group {
    fileprivate var isBusy: Bool { lag + pending > 0 }

    /// What is pending was delivered before what is not.
    fileprivate func oldestNeeded(on key: String, after last: RedisValue?) -> RedisCommand {
        guard pending == 0 else { return RedisCommand("XPENDING", [.string(key), .string(name), "-", "+", 1]) }
        return RedisCommand("XRANGE", [.string(key), .string("(" + (last?.string ?? "0-0")), "+", "COUNT", 1])
    }
}

extension RedisValue {
    /// Names and values in turn, as `XINFO` answers.
    var facts: [String: RedisValue] {
        let words = elements ?? []
        return Dictionary(
            stride(from: 0, to: words.count - 1, by: 2).map { (words[$0].string ?? "", words[$0 + 1]) }
        ) { first, _ in first }
    }
}

extension Date {
    /// From what `TIME` answers: seconds and microseconds.
    init?(time: RedisValue) {
        guard let parts = time.elements, parts.count == 2, let seconds = parts[0].string.flatMap({ Double($0) }),
            let micros = parts[1].string.flatMap({ Double($0) })
        else { return nil }
        self.init(timeIntervalSince1970: seconds + micros / 1_000_000)
    }
}
