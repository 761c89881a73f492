import Foundation
import HoneBus
import HoneCore

/// Streams, groups and delayed messages as plain values.
struct MemoryBus {
    struct Entry {
        let sequence: Int
        let envelope: Envelope
        let arrival = Date()
        var id: String { "\(sequence)-0" }
    }

    struct Claim {
        var consumer: String
        var since: ContinuousClock.Instant
        var deliveries: Int
    }

    struct Group {
        var lastDelivered = 0
        var pending: [String: Claim] = [:]
    }

    struct Stream {
        var entries: [Entry] = []
        var groups: [String: Group] = [:]
        /// Entries that the cap has cost.
        var dropped = 0

        mutating func keep(last cap: Int) {
            let surplus = max(0, entries.count - cap)
            entries.removeFirst(surplus)
            dropped += surplus
        }

        /// The first entry after `sequence`; entries are in the order of their sequence.
        func index(after sequence: Int) -> Int {
            var (low, high) = (0, entries.count)
            while low < high {
                let middle = (low + high) / 2
                if entries[middle].sequence <= sequence { low = middle + 1 } else { high = middle }
            }
            return low
        }

        /// The first entry that the group has not settled.
        func oldest(neededBy group: Group) -> Entry? {
            let pending = group.pending.keys.compactMap(entry).min { $0.sequence < $1.sequence }
            let next = index(after: group.lastDelivered)
            return pending ?? (entries.indices.contains(next) ? entries[next] : nil)
        }

        func entry(_ id: String) -> Entry? {
            let index = index(after: MemoryBus.sequence(of: id) - 1)
            return entries.indices.contains(index) && entries[index].id == id ? entries[index] : nil
        }
    }

    struct Delayed {
        let due: Date
        let key: String
        let envelope: Envelope
    }

    var streams: [String: Stream] = [:]
    var delayed: [Delayed] = []
    var epoch: (name: String, began: Date)?
    var memory = BusMemory(bytes: 0, limit: nil)
    var backlog: (figure: Int, until: ContinuousClock.Instant)?
    private(set) var lastSequence = 0

    init() {}

    /// Empty, with ids that go on where those of `lost` ended.
    init(after lost: MemoryBus) {
        lastSequence = lost.lastSequence
        memory = lost.memory
    }

    mutating func beginEpoch() {
        epoch = epoch ?? (UUID().uuidString, Date())
    }

    static func sequence(of id: String) -> Int {
        id.split(separator: "-").first.flatMap { Int($0) } ?? 0
    }

    @discardableResult
    mutating func append(_ envelope: Envelope, to key: String) -> String {
        lastSequence += 1
        let entry = Entry(sequence: lastSequence, envelope: envelope)
        streams[key, default: Stream()].entries.append(entry)
        return entry.id
    }

    mutating func createGroup(_ name: String, on key: String) {
        var stream = streams[key] ?? Stream()
        if stream.groups[name] == nil { stream.groups[name] = Group() }
        streams[key] = stream
    }

    // MARK: Delivering

    mutating func deliver(
        from key: String, named name: StreamName, to member: GroupMember, count: Int
    ) throws -> [Delivery] {
        guard var stream = streams[key], var group = stream.groups[member.group] else {
            throw BusError.groupMissing("\(member.group) on \(key)")
        }
        let fresh = stream.entries[stream.index(after: group.lastDelivered)...].prefix(max(0, count))
        guard let last = fresh.last else { return [] }
        for entry in fresh {
            group.pending[entry.id] = Claim(consumer: member.consumer, since: .now, deliveries: 1)
        }
        group.lastDelivered = last.sequence
        stream.groups[member.group] = group
        streams[key] = stream
        return fresh.map { Delivery(stream: name, entryID: $0.id, envelope: $0.envelope) }
    }

    mutating func claim(
        from key: String, named name: StreamName, for member: GroupMember, idle: Duration, count: Int
    ) throws -> (deliveries: [Delivery], vanished: Int) {
        guard let stream = streams[key], var group = stream.groups[member.group] else {
            throw BusError.groupMissing("\(member.group) on \(key)")
        }
        let abandoned = group.pending.filter { .now - $0.value.since >= idle }.keys
        var (taken, vanished) = ([Delivery](), 0)
        for id in abandoned.sorted(by: { Self.sequence(of: $0) < Self.sequence(of: $1) }).prefix(count) {
            let deliveries = (group.pending[id]?.deliveries ?? 0) + 1
            if let entry = stream.entry(id) {
                group.pending[id] = Claim(consumer: member.consumer, since: .now, deliveries: deliveries)
                taken.append(
                    Delivery(stream: name, entryID: id, envelope: entry.envelope, entryDeliveries: deliveries))
            } else {
                group.pending[id] = nil
                vanished += 1
            }
        }
        streams[key]?.groups[member.group] = group
        return (taken, vanished)
    }

    // MARK: Claims

    /// False when another member holds it.
    mutating func touch(_ id: String, on key: String, by member: GroupMember) -> Bool {
        guard let claim = streams[key]?.groups[member.group]?.pending[id] else { return true }
        guard claim.consumer == member.consumer else { return false }
        streams[key]?.groups[member.group]?.pending[id]?.since = .now
        return true
    }

    mutating func release(_ id: String, on key: String, by member: GroupMember) {
        guard let claim = streams[key]?.groups[member.group]?.pending[id], claim.consumer == member.consumer else {
            return
        }
        streams[key]?.groups[member.group]?.pending[id] = Claim(
            consumer: claim.consumer, since: .now - .seconds(86_400), deliveries: claim.deliveries - 1)
    }

    // MARK: Upkeep

    mutating func moveDue(at now: Date, limit: Int) -> Int {
        delayed.sort { $0.due < $1.due }
        let due = delayed.prefix { $0.due <= now }.prefix(limit)
        delayed.removeFirst(due.count)
        for message in due { append(message.envelope, to: message.key) }
        return due.count
    }

    mutating func trim(_ key: String, groups: [String]) -> Int {
        guard let stream = streams[key], !groups.isEmpty, groups.allSatisfy({ stream.groups[$0] != nil }) else {
            return 0
        }
        let needed = stream.groups.values.map { group in
            group.pending.keys.map(Self.sequence).min() ?? group.lastDelivered + 1
        }
        let cut = stream.index(after: (needed.min() ?? 0) - 1)
        streams[key]?.entries.removeFirst(cut)
        return cut
    }

    func depth(of key: String) -> BusDepth.Stream {
        let stream = streams[key] ?? Stream()
        let groups = stream.groups.sorted { $0.key < $1.key }.map { name, group in
            BusDepth.Group(
                name: name, lag: stream.entries.count - stream.index(after: group.lastDelivered),
                pending: group.pending.count, members: Set(group.pending.values.map(\.consumer)).count,
                oldest: stream.oldest(neededBy: group)?.arrival)
        }
        return BusDepth.Stream(key: key, length: stream.entries.count, groups: groups)
    }
}
