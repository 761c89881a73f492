public import HoneCore

/// Answers with the last user message, in one piece, at once and without a network: for wiring and benchmarks.
///
/// Its usage is counted as `TokenEstimate` does. Parameters, formats and tools change nothing.
public struct EchoModel: ChatModel {
    public let id: ModelID

    public init(id: ModelID) {
        self.id = id
    }

    public func respond(
        to request: ChatRequest, receiving receive: @escaping ChatReceiver
    ) async throws -> ChatResponse {
        try Task.checkCancellation()
        let text = request.messages.last { $0.role == .user }?.text ?? ""
        let usage = TokenEstimate.usage(of: request.messages, outputBytes: text.utf8.count)
        if !text.isEmpty { try await receive(.text(text)) }
        try await receive(.usage(usage))
        try await receive(.finished(.stop))
        return ChatResponse(text: text, usage: usage, model: id)
    }
}
