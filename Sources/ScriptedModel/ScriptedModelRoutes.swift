import Foundation
import HTTPTypes
import HoneCore
import Hummingbird
import NIOCore

/// What the server answers where.
struct ScriptedModelRoutes: Sendable {
    let ledger: Ledger
    let answering: ScriptedModel.Answering?

    var router: Router<BasicRequestContext> {
        let router = Router()
        router.get("health") { _, _ in json(["status": "ok"]) }
        router.get("v1/models") { _, _ in json(["object": "list", "data": []]) }
        router.post("v1/chat/completions") { request, _ in try await serve(request) { _ in OpenAIProtocol() } }
        router.post("v1/embeddings") { request, _ in try await serveEmbeddings(request) }
        router.post("v1/messages") { request, _ in
            try await serve(request) { AnthropicProtocol(forcedTool: $0.body["tool_choice"]?["name"]?.string) }
        }
        return router
    }

    private func serve(
        _ request: Request, as wireProtocol: (ScriptedRequest) -> any WireProtocol
    ) async throws -> Response {
        var request = request
        let scripted = ledger.arrived(try await read(&request))
        let answer = Answer(await reply(to: scripted), to: scripted)
        let wire = wireProtocol(scripted)
        if let response = try await misbehave(answer, to: scripted, over: request, as: wire) { return response }
        guard scripted.isStreaming, answer.misbehaviour != .ignoresStreaming else {
            try await pause(answer.reply.firstTokenDelayMilliseconds)
            ledger.finished()
            return json(wire.whole(answer))
        }
        let performance = Performance(answer: answer, wire: wire, ledger: ledger)
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream"],
            body: .init { try await performance.play(to: &$0) })
    }

    private func serveEmbeddings(_ request: Request) async throws -> Response {
        var request = request
        let scripted = ledger.arrived(try await read(&request))
        let answer = Answer(await reply(to: scripted), to: scripted)
        if let response = try await misbehave(answer, to: scripted, over: request, as: OpenAIProtocol()) {
            return response
        }
        ledger.finished()
        return json(ScriptedEmbeddings.answer(to: scripted, usage: answer.usage))
    }

    private func reply(to request: ScriptedRequest) async -> ScriptedReply {
        await answering?(request) ?? ledger.reply(to: request)
    }

    private func read(_ request: inout Request) async throws -> ScriptedRequest {
        let buffer = try await request.collectBody(upTo: 64 << 20)
        let headers = request.headers.map { ($0.name.canonicalName, $0.value) }
        return ScriptedRequest(
            number: 0, path: request.uri.path, headers: Dictionary(headers) { first, _ in first },
            body: (try? WireFormat.decode(JSONValue.self, from: Data(buffer.readableBytesView))) ?? .null)
    }

    /// The answers that are none; nil when there is a proper one to give.
    private func misbehave(
        _ answer: Answer, to scripted: ScriptedRequest, over request: Request, as wire: any WireProtocol
    ) async throws -> Response? {
        switch answer.misbehaviour {
        case .hang:
            await hang(request)
            throw HTTPError(.serviceUnavailable)
        case .status:
            ledger.finished()
            return refusal(answer.reply, to: scripted, as: wire)
        case .garbage:
            ledger.finished()
            let type = scripted.isStreaming ? "text/event-stream" : "application/json"
            return Response(
                status: .ok, headers: [.contentType: type],
                body: .init(byteBuffer: ByteBuffer(string: "data: {\"choices\": [{ oops\n\n<html>not json</html>")))
        default: return nil
        }
    }

    /// Until the client or the server goes away.
    private func hang(_ request: Request) async {
        _ = try? await request.body.consumeWithCancellationOnInboundClose { _ in
            try await Task.sleep(for: .seconds(3_600))
        }
        ledger.abandoned()
    }

    private func refusal(
        _ reply: ScriptedReply, to request: ScriptedRequest, as wire: any WireProtocol
    ) -> Response {
        let status = reply.status ?? 500
        let key = request.headers["authorization"] ?? request.headers["x-api-key"] ?? "none"
        let message = reply.text ?? "Scripted failure \(status), your key was \(key)"
        var response = json(wire.error(status: status, message: message), status: .init(code: status))
        if let retryAfter = reply.retryAfter { response.headers[.retryAfter] = retryAfter }
        return response
    }

    private func json(_ value: JSONValue, status: HTTPTypes.HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(string: value.text)))
    }
}

func pause(_ milliseconds: Int?) async throws {
    guard let milliseconds, milliseconds > 0 else { return }
    try await Task.sleep(for: .milliseconds(milliseconds))
}
