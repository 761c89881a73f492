import HoneBus
import Redis

extension RedisTransport {
    /// What is there, without waiting: each stream's due, then whatever is left, up to the limit.
    func take(_ request: FetchRequest, as member: GroupMember) async throws -> [Delivery] {
        let parts = try await parts(request.turns) { keys.key($0.stream) }
        guard parts.count > 1 else { return try await take(request.turns, limit: request.limit, as: member) }
        let asked = shares(of: parts, limit: request.limit)
        var answers = await tryEach(asked) { share in
            share.due == 0 ? [] : try await self.take(share.turns, limit: share.due, as: member)
        }
        var room = request.limit - answers.reduce(0) { $0 + ((try? $1.get().count) ?? 0) }
        // A part that gave less than its due has nothing left.
        for (share, answer) in zip(asked, answers) where room > 0 && (try? answer.get().count) == share.due {
            let more = await Result(catching: { try await take($0, limit: room, as: member) }, share.turns)
            room -= (try? more.get().count) ?? 0
            answers.append(more)
        }
        return try answers.found()
    }

    private struct Share: Sendable {
        let turns: [FetchRequest.Turn]
        let due: Int
    }

    /// What is due to each part, all of it within the limit.
    private func shares(of parts: [[FetchRequest.Turn]], limit: Int) -> [Share] {
        var room = limit
        return parts.map { turns in
            let due = min(room, turns.reduce(0) { $0 + $1.count })
            room -= due
            return Share(turns: turns, due: due)
        }
    }

    /// Several streams of one server, each with its due, in one step.
    private func take(
        _ turns: [FetchRequest.Turn], limit: Int, as member: GroupMember
    ) async throws -> [Delivery] {
        let counts = turns.map { RedisArgument($0.count) }
        let reply = try await commands.run(
            Scripts.take, keys: turns.map { keys.key($0.stream) },
            arguments: [.string(member.group), .string(member.consumer), RedisArgument(limit)] + counts)
        return (reply.elements ?? []).flatMap { part -> [Delivery] in
            guard let part = part.elements, part.count == 2, let index = part[0].int,
                turns.indices.contains(index - 1)
            else { return [] }
            let stream = turns[index - 1].stream
            return (part[1].elements ?? []).compactMap { RedisStreamEntry($0).map { Delivery($0, of: stream) } }
        }
    }
}
