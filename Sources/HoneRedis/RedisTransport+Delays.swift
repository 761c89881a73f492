public import Foundation
import HoneBus
import HoneCore
import Redis

extension RedisTransport {
    public func moveDue(at now: Date, limit: Int) async throws -> Int {
        let milliseconds = Int((now.timeIntervalSince1970 * 1_000).rounded(.down))
        return try await translating(keys: [keys.delayed]) {
            let reason = reasonForStrangers(at: now)
            if try await cluster != nil { return try await moveDueApart(at: milliseconds, limit: limit, reason) }
            let reply = try await commands.run(
                Scripts.moveDue, keys: [keys.delayed, keys.dead],
                arguments: [RedisArgument(milliseconds), RedisArgument(limit)]
                    + reason.flatMap { [.string($0.name), .bytes($0.value)] })
            return reply.int ?? 0
        }
    }

    /// What a dead letter says that was found in the delayed set and is no message.
    private func reasonForStrangers(at now: Date) -> [Envelope.Field] {
        let texts = [
            (Attribute.deadReason, "a member of the delayed set that is no message"),
            (Attribute.deadCode, ErrorCode.invalidMessage.rawValue), (Attribute.deadStream, keys.delayed),
            (Attribute.deadGroup, "none"), (Attribute.deadTime, EventTime.text(of: now)),
        ]
        return texts.map { Envelope.Field($0, $1) }
    }

    /// On a cluster no script reaches the delayed set and the streams at once. So the due members are claimed first,
    /// by putting them off; those that were added to their streams go; whatever a crash leaves comes back.
    private func moveDueApart(at now: Int, limit: Int, _ reason: [Envelope.Field]) async throws -> Int {
        let due = try await commands.run(
            Scripts.claimDue, keys: [keys.delayed],
            arguments: [RedisArgument(now), RedisArgument(limit), RedisArgument(now + Self.claim)])
        let members = (due.elements ?? []).compactMap(\.bytes)
        let parts = try await parts(members.map { claimed($0, reason) }, by: \.key)
        _ = try await tryEach(parts) { try await self.move($0, at: now) }.all()
        return members.count
    }

    /// How long a mover has for what it claimed, in milliseconds.
    private static var claim: Int { 30_000 }

    private func move(_ members: [ClaimedMember], at now: Int) async throws {
        let replies = try await commands.pipeline(members.map { .add($0.envelope, to: $0.key) })
        let isMoved = replies.map { reply in
            if case .error = reply { false } else { true }
        }
        // One that cannot be added waits a minute, so that it holds up no other.
        try await commands.transaction(
            zip(members, isMoved).map { member, isMoved in
                isMoved
                    ? .zrem(keys.delayed, [.bytes(member.bytes)])
                    : .zadd(keys.delayed, [RedisScoredMember(member.bytes, score: Double(now + 60_000))])
            })
    }

    /// One that is no message goes to the dead letters.
    private func claimed(_ bytes: [UInt8], _ reason: [Envelope.Field]) -> ClaimedMember {
        if let (key, envelope) = DelayedMember.read(bytes) {
            return ClaimedMember(bytes: bytes, key: key, envelope: envelope)
        }
        let letter = Envelope([Envelope.Field(Attribute.data, bytes)] + reason)
        return ClaimedMember(bytes: bytes, key: keys.dead, envelope: letter)
    }
}

/// A member of the delayed set that this mover may move, and where to.
private struct ClaimedMember: Sendable {
    let bytes: [UInt8]
    let key: String
    let envelope: Envelope
}
