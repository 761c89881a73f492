public import HoneBus
import Redis

extension RedisTransport {
    public func members(of topics: [Topic]) async throws -> [MemberSighting] {
        let streams = try await depth(of: topics).streams
        var sightings: [MemberSighting] = []
        for stream in streams {
            for group in stream.groups.map(\.name) {
                let reply = try await translating(keys: [stream.key]) {
                    try await self.commands.send(.xinfoConsumers(stream.key, group: group))
                }
                sightings += (reply.elements ?? []).map { MemberSighting(group: group, $0.facts) }
            }
        }
        return MemberSighting.merged(sightings)
    }
}

extension MemberSighting {
    /// From what `XINFO CONSUMERS` answers.
    fileprivate init(group: String, _ facts: [String: RedisValue]) {
        self.init(
            group: group, consumer: facts["name"]?.string ?? "", idle: Double(facts["idle"]?.int ?? 0) / 1_000,
            pending: facts["pending"]?.int ?? 0)
    }
}
