import Foundation
import Redis

/// Publishes one task and waits for its result: `publish-example "the input"` (needs REDIS_URL).
@main
enum Publish {
    struct Reply: Decodable {
        var status: String
        var output: String?
    }

    static func main() async throws {
        guard let url = ProcessInfo.processInfo.environment["REDIS_URL"],
            let input = CommandLine.arguments.dropFirst().first
        else {
            print("usage: REDIS_URL=redis://… publish-example INPUT")
            exit(2)
        }
        let redis = RedisClient(try RedisEndpoint(url: url))
        let replyTo = "hone:replies.\(UUID())"
        let task = ["input": input, "category": "sentiment", "reply_to": replyTo]
        let data = try JSONEncoder().encode(task)
        _ = try await redis.xadd("hone:tasks.submitted", [RedisField("data", [UInt8](data))])
        let answers = try await redis.xread(streams: [(key: replyTo, after: "0")], count: 1, block: .seconds(60))
        _ = try await redis.send(RedisCommand("DEL", [.string(replyTo)]))
        await redis.close()
        guard let answer = answers.first?.entries.first?["data"] else {
            print("no answer within 60 s")
            exit(1)
        }
        let reply = try JSONDecoder().decode(Reply.self, from: Data(answer))
        print(reply.status, reply.output ?? "")
    }
}
