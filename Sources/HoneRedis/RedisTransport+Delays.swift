public import Foundation
import HoneBus
import Redis

extension RedisTransport {
    public func moveDue(at now: Date, limit: Int) async throws -> Int {
        let milliseconds = Int((now.timeIntervalSince1970 * 1_000).rounded(.down))
        return try await translating(keys: [keys.delayed]) {
            if try await cluster != nil { return try await moveDueApart(at: milliseconds, limit: limit) }
            let reply = try await commands.run(
                Scripts.moveDue, keys: [keys.delayed],
                arguments: [RedisArgument(milliseconds), RedisArgument(limit)])
            return reply.int ?? 0
        }
    }

    /// On a cluster no script reaches the delayed set and the streams at once. So the due members are claimed first,
    /// by putting them off; those that were added to their streams go; whatever a crash leaves comes back.
    private func moveDueApart(at now: Int, limit: Int) async throws -> Int {
        let claimed = try await commands.run(
            Scripts.claimDue, keys: [keys.delayed],
            arguments: [RedisArgument(now), RedisArgument(limit), RedisArgument(now + Self.claim)])
        let members = (claimed.elements ?? []).compactMap(\.bytes)
        let parts = try await parts(members.map { ClaimedMember($0) }, by: \.key)
        _ = try await tryEach(parts) { try await self.move($0, at: now) }.all()
        return members.count
    }

    /// How long a mover has for what it claimed, in milliseconds.
    private static var claim: Int { 30_000 }

    private func move(_ members: [ClaimedMember], at now: Int) async throws {
        let additions = members.compactMap { member in member.envelope.map { RedisCommand.add($0, to: member.key) } }
        var replies = try await commands.pipeline(additions)[...]
        let isMoved = members.map { member in
            guard member.envelope != nil, let reply = replies.popFirst() else { return false }
            if case .error = reply { return false } else { return true }
        }
        // One that cannot be added waits a minute, so that it holds up no other.
        try await commands.transaction(
            zip(members, isMoved).map { member, isMoved in
                isMoved
                    ? .zrem(keys.delayed, [.bytes(member.bytes)])
                    : .zadd(keys.delayed, [RedisScoredMember(member.bytes, score: Double(now + 60_000))])
            })
    }
}

/// A member of the delayed set that this mover may move. One that cannot be read stays where it is.
private struct ClaimedMember: Sendable {
    let bytes: [UInt8]
    let key: String
    let envelope: Envelope?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        (key, envelope) = DelayedMember.read(bytes) ?? ("", nil)
    }
}
