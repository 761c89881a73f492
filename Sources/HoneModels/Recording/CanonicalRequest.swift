import Crypto
import Foundation
import HoneCore

/// A call as it is told apart from others: everything that the model is told, and nothing of who asks, where, with which
/// key and for how long.
struct CanonicalRequest: Hashable, Sendable {
    /// JSON with sorted keys, secrets taken out.
    let document: String
    /// SHA-256 of the document, in hexadecimal.
    let hash: String

    init(_ request: ChatRequest, to model: ApprovedModel, hiding secrets: Redaction) throws {
        try self.init(
            ChatDocument(
                model: model.id.rawValue, provider: model.provider, wireModel: model.model,
                messages: request.messages, parameters: request.parameters,
                responseFormat: FormatDocument(request.responseFormat), tools: request.tools), hiding: secrets)
    }

    init(_ texts: [String], to model: ApprovedModel, hiding secrets: Redaction) throws {
        try self.init(
            EmbeddingDocument(
                model: model.id.rawValue, provider: model.provider, wireModel: model.model, texts: texts),
            hiding: secrets)
    }

    private init(_ content: some Encodable, hiding secrets: Redaction) throws {
        document = secrets.hidden(in: String(decoding: try WireFormat.encode(content), as: UTF8.self))
        hash = SHA256.hash(data: Data(document.utf8)).reduce(into: "") { text, byte in
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }
}

private struct ChatDocument: Encodable {
    var kind = ModelCall.Kind.chat
    var model: String
    var provider: ModelProvider
    var wireModel: String
    var messages: [ChatMessage]
    var parameters: ModelParameters
    var responseFormat: FormatDocument?
    var tools: JSONValue?

    enum CodingKeys: String, CodingKey {
        case kind, model, provider, messages, parameters, tools
        case wireModel = "wire_model"
        case responseFormat = "response_format"
    }
}

private struct FormatDocument: Encodable {
    var name: String?
    var schema: JSONValue?
    var strict: Bool?
    var choices: [String]?

    /// Nil for plain text.
    init?(_ format: ResponseFormat) {
        switch format {
        case .text: return nil
        case .jsonSchema(let name, let schema, let strict):
            (self.name, self.schema, self.strict) = (name, schema, strict)
        case .choice(let options): choices = options
        }
    }
}

private struct EmbeddingDocument: Encodable {
    var kind = ModelCall.Kind.embedding
    var model: String
    var provider: ModelProvider
    var wireModel: String
    var texts: [String]

    enum CodingKeys: String, CodingKey {
        case kind, model, provider, texts
        case wireModel = "wire_model"
    }
}
