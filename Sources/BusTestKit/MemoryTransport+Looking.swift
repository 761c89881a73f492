public import HoneBus
import Synchronization

extension MemoryTransport {
    public func tail(_ topic: Topic, from start: TailStart) -> AsyncThrowingStream<Delivery, any Error> {
        let cursor = Mutex<(last: Int, ready: [Delivery])>((sequence(start), []))
        return AsyncThrowingStream {
            while true {
                let ticket = self.news.ticket()
                if let next = cursor.withLock({ self.next(of: topic, after: &$0) }) { return next }
                try await self.news.wait(for: ticket, until: .now + .seconds(1))
            }
        }
    }

    private func sequence(_ start: TailStart) -> Int {
        switch start {
        case .latest: state.withLock { $0.lastSequence }
        case .after(let id): MemoryBus.sequence(of: id)
        case .oldest: 0
        }
    }

    private func next(of topic: Topic, after cursor: inout (last: Int, ready: [Delivery])) -> Delivery? {
        let last = cursor.last
        let found = state.withLock { bus in
            streams(of: topic).flatMap { stream in
                (bus.streams[key(stream)]?.entries ?? []).filter { $0.sequence > last }.map { (stream, $0) }
            }
        }
        guard let (stream, entry) = found.min(by: { $0.1.sequence < $1.1.sequence }) else { return nil }
        cursor.last = entry.sequence
        return Delivery(stream: stream, entryID: entry.id, envelope: entry.envelope)
    }

    public func span(of topic: Topic) async throws -> TailSpan? {
        state.withLock { bus in
            let entries = streams(of: topic).flatMap { bus.streams[key($0)]?.entries ?? [] }
            guard let oldest = entries.min(by: { $0.sequence < $1.sequence }),
                let newest = entries.max(by: { $0.sequence < $1.sequence })
            else { return nil }
            let isWhole = streams(of: topic).allSatisfy { bus.streams[key($0)]?.dropped ?? 0 == 0 }
            return TailSpan(oldest: oldest.id, newest: newest.id, isWhole: isWhole)
        }
    }

    public func range(of topic: Topic, after entryID: String, limit: Int) async throws -> [Delivery] {
        let last = MemoryBus.sequence(of: entryID)
        let found = state.withLock { bus in
            streams(of: topic).flatMap { stream in
                let entries = bus.streams[key(stream)]?.entries ?? []
                return entries.filter { $0.sequence > last }.prefix(limit).map { (stream, $0) }
            }
        }
        return found.sorted { $0.1.sequence < $1.1.sequence }.map { stream, entry in
            Delivery(stream: stream, entryID: entry.id, envelope: entry.envelope)
        }
    }

    public func depth(of topics: [Topic]) async throws -> BusDepth {
        state.withLock { bus in
            BusDepth(
                streams: topics.flatMap(streams).map { bus.depth(of: key($0)) }, delayed: bus.delayed.count,
                dead: bus.streams["\(namespace):dead"]?.entries.count ?? 0)
        }
    }
}
