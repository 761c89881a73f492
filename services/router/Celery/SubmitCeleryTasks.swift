import HoneBus
import HoneCore
import HoneMessages

/// Makes tasks of Celery's messages. One that cannot be honoured fails with its client and becomes a dead letter.
struct SubmitCeleryTasks: BatchHandler {
    let replyKey: String
    let source: String

    func handle(_ batch: [Received<CeleryMessage>], in context: HandlerContext) async throws -> [Outcome] {
        try batch.map { message in
            do {
                return .done(publish: [try submission(of: message)])
            } catch let fault as InvalidValue {
                return .reject(because: TaskFault(.invalidMessage, "\(fault)"))
            }
        }
    }

    /// Its id is the Celery task's, so that a message which comes again changes nothing.
    private func submission(of message: Received<CeleryMessage>) throws -> Publication {
        let call = try CeleryCall(message.body)
        let trace = message.body.headers["traceparent"]?.string ?? message.traceparent
        var submission = try Publication(
            call.task(replyingTo: replyKey), id: call.origin.uuid, traceparent: trace)
        submission.source = source
        return submission
    }

    func refused(_ message: RefusedMessage, in context: HandlerContext) async throws -> [Publication] {
        guard let data = message.data, let body = try? WireFormat.decode(CeleryMessage.self, from: data),
            let origin = body.origin, !body.ignoresResult
        else { return [] }
        let reply = Reply(
            taskID: TaskID(origin.uuid), status: .failed, error: message.fault, metadata: origin.added(to: nil))
        return [
            try reply.publication(to: replyKey, id: message.id.derived(Reply.type), traceparent: message.traceparent)
        ]
    }
}
