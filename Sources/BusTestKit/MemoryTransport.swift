public import Foundation
public import HoneBus
import HoneCore
import Synchronization

/// The bus in the memory of one process: the same promises as on Redis, without a server. For tests.
public final class MemoryTransport: BusTransport {
    public let namespace = "hone"
    private let partitions: Int
    private let clock: @Sendable () -> Date
    let state = Mutex(MemoryBus())
    let news = Waiters()

    public init(partitions: Int = 1, clock: @escaping @Sendable () -> Date = { Date() }) {
        self.partitions = partitions
        self.clock = clock
    }

    public func streams(of topic: Topic) -> [StreamName] { topic.streams(partitions: partitions) }

    /// What a stream holds, the first entry first.
    public func entries(of key: String) -> [Envelope] {
        state.withLock { $0.streams[key]?.entries.map(\.envelope) ?? [] }
    }

    /// Publishes an entry as an outsider would.
    @discardableResult
    public func add(_ envelope: Envelope, to key: String) -> String {
        defer { news.wakeAll() }
        return state.withLock { $0.append(envelope, to: key) }
    }

    /// Loses everything, groups included, as `FLUSHALL` does.
    public func flush() {
        state.withLock { $0 = MemoryBus(after: $0) }
    }

    // MARK: Publishing

    public func publish(_ publications: [Publication]) async throws {
        state.withLock { publish(publications, in: &$0) }
        news.wakeAll()
    }

    private func publish(_ publications: [Publication], in bus: inout MemoryBus) {
        for publication in publications {
            let envelope = publication.envelope(source: Publication.ownSource, time: clock())
            switch publication.destination {
            case .reply(let key):
                bus.append(envelope, to: key)
            case .topic(let topic, let lane, let partitionKey):
                let stream = StreamName(topic, lane: lane, partitionKey: partitionKey, partitions: partitions)
                bus.append(envelope, to: key(stream))
                if case .broadcast(let cap) = topic.kind { bus.streams[key(stream)]?.keep(last: cap) }
            }
        }
    }

    func key(_ stream: StreamName) -> String { stream.key(in: namespace) }

    // MARK: Taking

    public func prepare(_ topics: [Topic]) async throws {
        state.withLock { bus in
            for topic in topics {
                for stream in streams(of: topic) {
                    for group in topic.groups { bus.createGroup(group, on: key(stream)) }
                }
            }
            bus.beginEpoch()
        }
    }

    public func fetch(_ request: FetchRequest, as member: GroupMember) async throws -> [Delivery] {
        let deadline = ContinuousClock.now + (request.wait ?? .zero)
        while true {
            let ticket = news.ticket()
            let taken = try state.withLock { try take(request, as: member, from: &$0) }
            if !taken.isEmpty || ContinuousClock.now >= deadline { return taken }
            try await news.wait(for: ticket, until: deadline)
        }
    }

    private func take(
        _ request: FetchRequest, as member: GroupMember, from bus: inout MemoryBus
    ) throws -> [Delivery] {
        var taken: [Delivery] = []
        let second = request.turns.map { FetchRequest.Turn($0.stream, request.limit) }
        for turn in request.turns + second {
            let room = min(turn.count, request.limit - taken.count)
            taken += try bus.deliver(from: key(turn.stream), named: turn.stream, to: member, count: room)
        }
        return taken
    }

    public func takeOver(
        from streams: [StreamName], idle: Duration, limit: Int, as member: GroupMember
    ) async throws -> TakeOver {
        try state.withLock { bus in
            var (deliveries, vanished) = ([Delivery](), 0)
            for stream in streams {
                let room = limit - deliveries.count
                let taken = try bus.claim(from: key(stream), named: stream, for: member, idle: idle, count: room)
                deliveries += taken.deliveries
                vanished += taken.vanished
            }
            return TakeOver(deliveries, vanished: vanished)
        }
    }

    // MARK: Holding and settling

    public func renew(_ deliveries: [Delivery], as member: GroupMember) async throws -> [Delivery] {
        state.withLock { bus in
            deliveries.filter { !bus.touch($0.entryID, on: key($0.stream), by: member) }
        }
    }

    public func settle(_ settlements: [Settlement], as member: GroupMember) async throws {
        state.withLock { bus in
            for settlement in settlements { settle(settlement, as: member, in: &bus) }
        }
        news.wakeAll()
    }

    private func settle(_ settlement: Settlement, as member: GroupMember, in bus: inout MemoryBus) {
        let delivery = settlement.delivery
        let streamKey = key(delivery.stream)
        switch settlement.verdict {
        case .skip: break
        case .done(let publications): publish(publications, in: &bus)
        case .retry(let time, let fault):
            let envelope = delivery.retried(by: member.group, because: fault, at: clock())
            bus.delayed.append(.init(due: time, key: streamKey, envelope: envelope))
        case .dead(let fault, let publications):
            publish(publications, in: &bus)
            let letter = delivery.deadLetter(because: fault, streamKey: streamKey, member: member, at: clock())
            bus.append(letter, to: "\(namespace):dead")
        }
        bus.streams[streamKey]?.groups[member.group]?.pending[delivery.entryID] = nil
    }

    public func handBack(_ deliveries: [Delivery], as member: GroupMember) async throws {
        state.withLock { bus in
            for delivery in deliveries { bus.release(delivery.entryID, on: key(delivery.stream), by: member) }
        }
        news.wakeAll()
    }

    public func leave(_ streams: [StreamName], as member: GroupMember) async throws {}

    public func moveDue(at now: Date, limit: Int) async throws -> Int {
        defer { news.wakeAll() }
        return state.withLock { $0.moveDue(at: now, limit: limit) }
    }

    public func trim(_ topic: Topic) async throws -> Int {
        state.withLock { bus in
            streams(of: topic).reduce(0) { $0 + bus.trim(key($1), groups: topic.groups) }
        }
    }
}
