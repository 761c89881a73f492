public import HoneBus
import Redis

extension RedisTransport {
    public func trim(_ topic: Topic) async throws -> Int {
        guard !topic.groups.isEmpty else { return 0 }
        var trimmed = 0
        for stream in streams(of: topic) {
            let key = keys.key(stream)
            trimmed += try await translating(keys: [key]) {
                guard let needed = try await lowestNeeded(on: key, by: topic.groups) else { return 0 }
                // Whole nodes only, which costs nothing; up to a hundred settled entries stay.
                return try await commands.xtrimMinID(key, needed, approximate: true)
            }
        }
        return trimmed
    }

    /// The first entry that some group still needs; nil when one of the topic's groups does not exist yet, so that
    /// nothing may go. Groups that outsiders made count as well.
    private func lowestNeeded(on key: String, by declared: [String]) async throws -> RedisStreamID? {
        guard try await commands.exists([key]) == 1 else { return nil }
        let groups = try await commands.xinfoGroups(key)
        guard Set(declared).isSubset(of: groups.map(\.name)) else { return nil }
        var needed: [RedisStreamID] = []
        for group in groups {
            let lowest = group.pending > 0 ? try await commands.xpending(key, group: group.name).lowest : nil
            needed.append(lowest ?? group.lastDeliveredID.next)
        }
        return needed.min()
    }
}
