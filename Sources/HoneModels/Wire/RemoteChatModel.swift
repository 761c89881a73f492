import Foundation
import HTTP
import HoneCore

/// A model behind an HTTP API: one exchange, no second try.
struct RemoteChatModel: ChatModel {
    let model: ApprovedModel
    let endpoint: ModelEndpoint
    let dialect: any ChatDialect
    let client: HTTPClient
    let timing: ModelTiming

    var id: ModelID { model.id }

    func respond(to request: ChatRequest, receiving receive: @escaping ChatReceiver) async throws -> ChatResponse {
        let start = timing.now()
        var reader = dialect.reader(for: request)
        do {
            try await exchange(request, with: &reader, receiving: receive)
            if let fault = reader.draft.fault { throw fault }
        } catch let reason as ModelFault.Reason {
            throw ModelFault(
                endpoint.explaining(reason), model: id, usage: reader.draft.usage ?? TokenUsage(),
                billing: reader.draft.billing(of: reason))
        } catch let error as HTTPError {
            throw ModelFault(
                reason(for: error, after: reader.draft), model: id, usage: reader.draft.usage ?? TokenUsage(),
                billing: error.billing)
        }
        let response = response(from: reader.draft, to: request, since: start)
        try await receive(.usage(response.usage))
        try await receive(.finished(response.finishReason))
        return response
    }

    private func exchange(
        _ request: ChatRequest, with reader: inout any AnswerReader, receiving receive: ChatReceiver
    ) async throws {
        let stream = try await client.stream(try httpRequest(for: request))
        guard stream.isSuccess else {
            let body = try await stream.body.collect()
            throw ModelFault.Reason(
                EndpointRefusal(status: stream.status, headers: stream.headers, body: body, now: timing.date()))
        }
        if stream.headers["Content-Type"]?.lowercased().hasPrefix("application/json") == true {
            let text = try reader.read(whole: try await stream.body.collect())
            try await pass(text, of: reader.draft, within: request, to: receive)
        } else {
            try await follow(stream.body, of: request, with: &reader, receiving: receive)
        }
    }

    private func follow(
        _ body: ResponseBody, of request: ChatRequest, with reader: inout any AnswerReader,
        receiving receive: ChatReceiver
    ) async throws {
        var isAnswer = false
        var events = body.serverSentEvents.makeAsyncIterator()
        while !reader.draft.hasEnded, let event = try await events.next() {
            isAnswer = true
            let text = try reader.read(event)
            try await pass(text, of: reader.draft, within: request, to: receive)
        }
        // Only a body that was read to its very end leaves its connection to the next call.
        if reader.draft.hasEnded { _ = try? await events.next() }
        if !isAnswer { throw ModelFault.Reason.invalidAnswer("no event in the stream") }
    }

    private func pass(
        _ text: String?, of draft: AnswerDraft, within request: ChatRequest, to receive: ChatReceiver
    ) async throws {
        guard draft.text.utf8.count <= request.maximumAnswerBytes else {
            throw ModelFault.Reason.invalidAnswer("longer than \(request.maximumAnswerBytes) bytes")
        }
        if let text, !text.isEmpty { try await receive(.text(text)) }
    }

    /// A connection that dies in mid-answer is a broken answer, not an absent endpoint.
    private func reason(for error: HTTPError, after draft: AnswerDraft) -> ModelFault.Reason {
        if case .connectionLost = error, !draft.text.isEmpty { return .incompleteAnswer }
        return endpoint.explaining(ModelFault.Reason(error))
    }

    private func httpRequest(for request: ChatRequest) throws -> HTTPRequest {
        let exchange = dialect.exchange(for: request, model: model.model, at: endpoint)
        var headers = exchange.headers
        headers.append(HTTPHeader("Content-Type", "application/json"))
        headers.append(HTTPHeader("Accept", "text/event-stream, application/json"))
        if let trace = request.traceparent { headers.append(HTTPHeader("traceparent", trace)) }
        return HTTPRequest(
            method: "POST", url: endpoint.baseURL + exchange.path, headers: headers,
            body: [UInt8](try WireFormat.encode(exchange.body)),
            timeouts: HTTPTimeouts(
                connect: request.timeouts.connect, total: max(.milliseconds(1), request.timeouts.total),
                idle: request.timeouts.idle),
            // Every token of a stream comes in an envelope of some hundred bytes.
            maximumBodyBytes: max(1 << 20, min(request.maximumAnswerBytes, 1 << 22) * 128))
    }

    private func response(
        from draft: AnswerDraft, to request: ChatRequest, since start: ContinuousClock.Instant
    ) -> ChatResponse {
        ChatResponse(
            text: draft.text, toolCalls: draft.toolCalls, finishReason: draft.finish ?? .stop,
            usage: draft.usage
                ?? TokenEstimate.usage(of: request.messages, outputBytes: draft.text.utf8.count),
            usageIsEstimated: draft.usage == nil, model: id, duration: start.duration(to: timing.now()))
    }
}
