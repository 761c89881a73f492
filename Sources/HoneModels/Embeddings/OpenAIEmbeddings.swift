import Foundation
import HTTP
import HoneCore

/// Embeddings as OpenAI defined them: https://platform.openai.com/docs/api-reference/embeddings/create
struct OpenAIEmbeddings: EmbeddingModel {
    let model: ApprovedModel
    let endpoint: ModelEndpoint
    let client: HTTPClient
    let timing: ModelTiming

    var id: ModelID { model.id }

    func embed(_ texts: [String], timeouts: ChatTimeouts) async throws -> EmbeddingResponse {
        do {
            let response = try await client.send(try request(for: texts, timeouts))
            guard response.isSuccess else {
                throw ModelFault.Reason(
                    EndpointRefusal(
                        status: response.status, headers: response.headers, body: response.body, now: timing.date()))
            }
            return try read(response.body, count: texts.count, of: texts)
        } catch let reason as ModelFault.Reason {
            throw ModelFault(
                endpoint.explaining(reason), model: id, billing: AnswerDraft().billing(of: reason))
        } catch let error as HTTPError {
            throw ModelFault(endpoint.explaining(ModelFault.Reason(error)), model: id, billing: error.billing)
        }
    }

    private func request(for texts: [String], _ timeouts: ChatTimeouts) throws -> HTTPRequest {
        let body: JSONValue = [
            "model": .string(model.model), "input": .array(texts.map { .string($0) }), "encoding_format": "float",
        ]
        return HTTPRequest(
            method: "POST", url: endpoint.baseURL + "/embeddings",
            headers: OpenAIChat.headers(for: endpoint) + [HTTPHeader("Content-Type", "application/json")],
            body: [UInt8](try WireFormat.encode(body)),
            timeouts: HTTPTimeouts(
                connect: timeouts.connect, total: max(.milliseconds(1), timeouts.total), idle: timeouts.idle),
            maximumBodyBytes: 64 << 20)
    }

    private struct Answer: Decodable {
        struct Item: Decodable {
            var index: Int?
            var embedding: [Double]
        }

        var data: [Item]
        var usage: OpenAIUsage?
    }

    private func read(
        _ body: [UInt8], count: Int, of texts: [String]
    ) throws(ModelFault.Reason) -> EmbeddingResponse {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(body)) else {
            throw .invalidAnswer("broken JSON, or not embeddings")
        }
        let items = answer.data.enumerated().sorted {
            ($0.element.index ?? $0.offset) < ($1.element.index ?? $1.offset)
        }
        let vectors = items.map(\.element.embedding)
        guard vectors.count == count, Set(vectors.map(\.count)).count <= 1, vectors.first?.isEmpty != true else {
            throw .invalidAnswer("\(vectors.count) vectors for \(count) texts, or of different lengths")
        }
        let estimate = TokenUsage(inputTokens: texts.reduce(0) { $0 + TokenEstimate.tokens(in: $1) }, llmCalls: 1)
        return EmbeddingResponse(
            vectors: vectors, usage: answer.usage?.tokens ?? estimate, usageIsEstimated: answer.usage?.tokens == nil,
            model: id)
    }
}
