import HoneCore

/// Asks its models in order until one answers; after the first word of one of them there is no going back.
///
/// The answer says who gave it, and counts what the others used in vain.
struct FallbackModel: ChatModel {
    let first: any ChatModel
    let others: [any ChatModel]
    let timing: ModelTiming

    var id: ModelID { first.id }

    func respond(to request: ChatRequest, receiving receive: @escaping ChatReceiver) async throws -> ChatResponse {
        let start = timing.now()
        let progress = AnswerProgress(timing)
        let receiver = progress.watching(receive)
        var spent = Spending()
        var remaining = others[...]
        var model = first
        while true {
            do {
                var request = request
                request.timeouts.total -= start.duration(to: timing.now())
                var response = spent.added(to: try await model.respond(to: request, receiving: receiver))
                response.timeToFirstToken = progress.firstTextAt.map { start.duration(to: $0) }
                response.duration = start.duration(to: timing.now())
                return response
            } catch let fault as ModelFault {
                spent.add(fault)
                let hasTime = start.duration(to: timing.now()) < request.timeouts.total
                guard fault.reason.isWorthFallback, hasTime, !progress.hasText, let next = remaining.popFirst() else {
                    throw spent.replacing(in: fault)
                }
                model = next
            }
        }
    }
}
