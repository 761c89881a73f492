public import HoneBus
import Redis
import Synchronization

extension RedisTransport {
    public func tail(_ topic: Topic, from start: TailStart) -> AsyncThrowingStream<Delivery, any Error> {
        let tail = RedisTail(streams(of: topic), start, keys: keys, reader: TailReader(self))
        return AsyncThrowingStream { try await self.translating(keys: tail.keys) { try await tail.next() } }
    }

    public func span(of topic: Topic) async throws -> TailSpan? {
        try await translating {
            var (oldest, newest, isWhole) = ([RedisStreamID](), [RedisStreamID](), true)
            for key in streams(of: topic).map(keys.key) {
                guard let last = try await commands.xrevrange(key, count: 1).first else { continue }
                oldest += try await commands.xrange(key, count: 1).map(\.id)
                newest.append(last.id)
                let info = try await commands.xinfoStream(key)
                isWhole = isWhole && info.entriesAdded == info.length
            }
            guard let first = oldest.min(), let last = newest.max() else { return nil }
            return TailSpan(oldest: "\(first)", newest: "\(last)", isWhole: isWhole)
        }
    }

    public func range(of topic: Topic, after entryID: String, limit: Int) async throws -> [Delivery] {
        try await translating {
            var found: [(id: RedisStreamID, delivery: Delivery)] = []
            for stream in streams(of: topic) {
                let entries = try await commands.xrange(keys.key(stream), from: "(" + entryID, count: limit)
                found += entries.map { ($0.id, Delivery($0, of: stream)) }
            }
            return found.sorted { $0.id < $1.id }.map(\.delivery)
        }
    }
}

/// A place in the streams of a topic that moves on as it is read. Nothing is read ahead of its reader but one answer.
private final class RedisTail: Sendable {
    private struct Place {
        /// By key; nil until the present end was looked up.
        var after: [String: String]?
        var ready: [Delivery] = []
    }

    let keys: [String]
    private let names: [String: StreamName]
    private let reader: TailReader
    private let place: Mutex<Place>

    init(_ streams: [StreamName], _ start: TailStart, keys: RedisKeys, reader: TailReader) {
        names = Dictionary(streams.map { (keys.key($0), $0) }) { first, _ in first }
        self.keys = streams.map(keys.key)
        self.reader = reader
        let after: [String: String]? =
            switch start {
            case .latest: nil
            case .after(let id): names.mapValues { _ in id }
            case .oldest: names.mapValues { _ in "0" }
            }
        place = Mutex(Place(after: after))
    }

    func next() async throws -> Delivery? {
        while true {
            if let delivery = place.withLock({ $0.ready.popLast() }) { return delivery }
            do {
                try await read()
            } catch let error as RedisError where error.isTransient {
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    private func read() async throws {
        let after = try await after()
        let found = try await reader.read(keys.map { TailReader.Place(key: $0, after: after[$0] ?? "0") })
        let deliveries = found.flatMap { part in
            names[part.key].map { name in part.entries.map { Delivery($0, of: name) } } ?? []
        }
        place.withLock { place in
            place.ready = deliveries.reversed()
            for part in found { place.after?[part.key] = part.entries.last?.id.description }
        }
    }

    private func after() async throws -> [String: String] {
        if let after = place.withLock({ $0.after }) { return after }
        var ends: [String: String] = [:]
        for key in keys {
            ends[key] = try await reader.end(of: key)
        }
        place.withLock { [ends] in $0.after = ends }
        return ends
    }
}
