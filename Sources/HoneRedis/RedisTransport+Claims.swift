public import HoneBus
import Redis

extension RedisTransport {
    /// Ids in one call of a script: Lua cannot pass many more on.
    private static let chunk = 1_000

    public func takeOver(
        from streams: [StreamName], idle: Duration, limit: Int, as member: GroupMember
    ) async throws -> TakeOver {
        var (deliveries, vanished) = ([Delivery](), 0)
        var failure: (any Error)?
        for stream in streams where deliveries.count < limit {
            do {
                let taken = try await translating(keys: [keys.key(stream)]) {
                    try await takeOver(from: stream, idle: idle, limit: limit - deliveries.count, as: member)
                }
                deliveries += taken.deliveries
                vanished += taken.vanished
            } catch {
                failure = failure ?? error
            }
        }
        // What was taken is ours to work on, whatever became of the other streams.
        if let failure, deliveries.isEmpty { throw failure }
        return TakeOver(deliveries, vanished: vanished)
    }

    private func takeOver(
        from stream: StreamName, idle: Duration, limit: Int, as member: GroupMember
    ) async throws -> TakeOver {
        let key = keys.key(stream)
        // Cheap when nothing is abandoned, and it says where to begin: XAUTOCLAIM looks at few entries per call.
        let abandoned = try await commands.xpending(key, group: member.group, idle: idle, count: limit)
        guard let first = abandoned.first else {
            // Before version 7.2 a consumer is not known to others until it reads something.
            try await commands.xgroupCreateConsumer(key, group: member.group, consumer: member.consumer)
            return TakeOver()
        }
        let claimed = try await commands.xautoclaim(
            key, group: member.group, consumer: member.consumer, minIdle: idle, start: first.id, count: limit)
        let counts = try await deliveryCounts(of: claimed.entries, key, member)
        let deliveries = claimed.entries.filter { !$0.isDeleted }.map {
            Delivery($0, of: stream, entryDeliveries: counts[$0.id] ?? 2)
        }
        return TakeOver(deliveries, vanished: claimed.deletedIDs.count)
    }

    private func deliveryCounts(
        of entries: [RedisStreamEntry], _ key: String, _ member: GroupMember
    ) async throws -> [RedisStreamID: Int] {
        guard !entries.isEmpty else { return [:] }
        let one = { (id: RedisStreamID) in
            RedisCommand.xpending(key, group: member.group, idle: nil, from: "\(id)", to: "\(id)", count: 1)
        }
        let replies = try await commands.pipeline(entries.map { one($0.id) })
        let counts = zip(entries, replies).compactMap { entry, reply in
            (reply.elements?.first?.elements?.last?.int).map { (entry.id, $0) }
        }
        return Dictionary(counts) { first, _ in first }
    }

    public func renew(_ deliveries: [Delivery], as member: GroupMember) async throws -> [Delivery] {
        try await tryEach(chunks(deliveries)) { key, part in
            let reply = try await self.run(Scripts.renew, on: key, part, member)
            let ids = Set((reply?.elements ?? []).compactMap(\.string))
            return part.filter { ids.contains($0.entryID) }
        }.all().flatMap { $0 }
    }

    public func handBack(_ deliveries: [Delivery], as member: GroupMember) async throws {
        _ = try await tryEach(chunks(deliveries)) { key, part in
            _ = try await self.run(Scripts.handBack, on: key, part, member)
        }.all()
    }

    /// nil when the group is gone, and every claim with it.
    private func run(
        _ script: RedisScript, on key: String, _ deliveries: [Delivery], _ member: GroupMember
    ) async throws -> RedisValue? {
        let arguments = [member.group, member.consumer] + deliveries.map(\.entryID)
        do {
            return try await translating(keys: [key]) {
                try await commands.run(script, keys: [key], arguments: arguments.map { .string($0) })
            }
        } catch BusError.groupMissing {
            return nil
        }
    }

    private func chunks(_ deliveries: [Delivery]) -> [(key: String, part: [Delivery])] {
        Dictionary(grouping: deliveries, by: \.stream).flatMap { stream, all in
            stride(from: 0, to: all.count, by: Self.chunk).map { start in
                (keys.key(stream), Array(all[start..<min(start + Self.chunk, all.count)]))
            }
        }
    }

    public func leave(_ streams: [StreamName], as member: GroupMember) async throws {
        try await translating {
            let parts = try await parts(streams.map(keys.key)) { $0 }
            _ = try await tryEach(parts) { part in
                try await self.commands.run(
                    Scripts.leave, keys: part, arguments: [.string(member.group), .string(member.consumer)])
            }.all()
        }
    }
}
