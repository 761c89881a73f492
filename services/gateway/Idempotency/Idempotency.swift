import Crypto
import Foundation
import HTTPTypes
import HoneCore
import HoneStore
import Hummingbird
import Logging

/// Lets a POST with an `Idempotency-Key` have its effects once (draft-ietf-httpapi-idempotency-key-header-06): the same
/// request again gets the first answer. An answer that reports no success frees the key, since nothing was done.
struct Idempotency: RouterMiddleware {
    /// Longer answers are not kept, nor are streams.
    private static let longestBody = 1 << 20
    private static let dropped: Set<HTTPField.Name> = [.contentLength, .transferEncoding, .connection, .date]

    let requests: IdempotentRequests

    func handle(
        _ request: Request, context: GatewayContext,
        next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .post, let caller = context.caller, let key = request.headers[.idempotencyKey] else {
            return try await next(request, context)
        }
        var request = request
        let body = try await request.collectBody(upTo: .max)
        let claim = IdempotentRequest(caller: caller.id, key: try checked(key), hash: hash(request, body))
        switch try await requests.claim(claim) {
        case .first: return try await perform(request, context, claim, next)
        case .answered(let answer): return replay(answer)
        case .running: throw Problem.conflict("The first request with this key is at work.").retry(after: 1)
        case .mismatch:
            throw Problem.invalid(
                InvalidValue(path: "Idempotency-Key", found: "the key of another request", expected: "a key of its own")
            )
        }
    }

    private func checked(_ key: String) throws(InvalidValue) -> String {
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw InvalidValue(
                path: "Idempotency-Key", found: "a text of \(key.utf8.count) bytes",
                expected: "1 to 255 visible ASCII characters")
        }
        return key
    }

    private func hash(_ request: Request, _ body: ByteBuffer) -> Data {
        var hash = SHA256()
        hash.update(data: Data("\(request.method.rawValue) \(request.uri.string)\n".utf8))
        hash.update(data: Data(body.readableBytesView))
        return Data(hash.finalize())
    }

    private func perform(
        _ request: Request, _ context: GatewayContext, _ claim: IdempotentRequest,
        _ next: @concurrent (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            try? await requests.giveUp(claim)
            throw error
        }
        let isKept = response.status.kind == .successful && response.body.contentLength ?? .max <= Self.longestBody
        do {
            guard isKept else {
                try await requests.giveUp(claim)
                return response
            }
            let body = try await response.collectBody()
            try await requests.settle(claim, with: answer(response, body))
        } catch {
            context.logger.warning("an answer was not kept for its key", metadata: ["error": "\(error)"])
        }
        return response
    }

    private func answer(_ response: Response, _ body: ByteBuffer) -> KeptAnswer {
        let headers = response.headers.filter { !Self.dropped.contains($0.name) }
        return KeptAnswer(
            status: response.status.code,
            headers: Dictionary(headers.map { ($0.name.canonicalName, $0.value) }) { first, _ in first },
            body: Data(body.readableBytesView))
    }

    private func replay(_ answer: KeptAnswer) -> Response {
        var headers = HTTPFields()
        for (name, value) in answer.headers { if let name = HTTPField.Name(name) { headers[name] = value } }
        headers[.idempotentReplayed] = "true"
        return Response(
            status: .init(code: answer.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}
