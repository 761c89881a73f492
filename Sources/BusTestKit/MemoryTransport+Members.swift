public import HoneBus
import Synchronization

extension MemoryTransport {
    /// Only those that hold something: the memory of a test knows of no others.
    public func members(of topics: [Topic]) async throws -> [MemberSighting] {
        state.withLock { bus in
            let groups = topics.flatMap(streams).flatMap { bus.streams[key($0)]?.groups.map { $0 } ?? [] }
            return MemberSighting.merged(
                groups.flatMap { name, group in
                    group.pending.values.map { claim in
                        MemberSighting(
                            group: name, consumer: claim.consumer, idle: (.now - claim.since) / .seconds(1), pending: 1)
                    }
                })
        }
    }
}
