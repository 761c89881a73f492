import Foundation
import HoneBus
import HoneCore
import HoneMessages
import Redis

/// A stream of our own for one result. It expires by itself, so that nothing stays when we do not come back.
struct ReplyStream {
    let key: String
    private let client: RedisDeployment
    private let start: RedisStreamID

    static func open(through connections: Connections, for time: Duration) async throws -> ReplyStream {
        let client = RedisDeployment(try connections.redisEndpoint(), options: RedisOptions(name: "hone-cli-reply"))
        let key = "\(connections.namespace):replies.\(TaskID.new())"
        // A stream must have an entry to carry an expiry.
        let start = try await client.xadd(key, [RedisField("type", "hone.reply.opened.v1")])
        try await client.expire(key, after: time + .seconds(3_600))
        return ReplyStream(key: key, client: client, start: start)
    }

    /// The next reply; nil when none comes in time.
    func next(within limit: Duration) async throws -> Reply? {
        let deadline = ContinuousClock.now + limit
        while true {
            let left = deadline - .now
            guard left > .zero else { return nil }
            let found = try await client.xread(
                streams: [(key, "\(start)")], count: 1, block: min(left, .seconds(5)))
            if let data = found.first?.entries.first?[Attribute.data] {
                return try WireFormat.decode(Reply.self, from: Data(data))
            }
        }
    }

    func close() async {
        _ = try? await client.del([key])
        await client.close()
    }
}
