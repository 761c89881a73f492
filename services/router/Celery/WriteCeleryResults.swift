import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneRedis

/// Puts replies where the Celery clients that wait for them look.
struct WriteCeleryResults: BatchHandler {
    let results: CeleryResults

    func handle(_ batch: [Received<CeleryReply>], in context: HandlerContext) async throws -> [Outcome] {
        try await results.write(
            batch.compactMap { message in
                try CeleryResult(message.body.reply, at: context.now).map { result in
                    CeleryResults.Entry(taskID: result.taskID, json: Array(try WireFormat.encode(result.document)))
                }
            })
        return batch.map { _ in .done }
    }
}

/// A reply to a task that came from Celery.
struct CeleryReply: Message {
    static let type = Reply.type
    static let topic = Topic.celeryReplies

    let reply: Reply

    var partitionKey: String { "" }

    init(from decoder: any Decoder) throws { reply = try Reply(from: decoder) }
    func encode(to encoder: any Encoder) throws { try reply.encode(to: encoder) }
}
