public import HoneCore

/// Takes the pieces of an answer as they come. What it throws ends the call; while it waits, the endpoint waits.
public typealias ChatReceiver = @Sendable (ChatEvent) async throws -> Void

/// A language model that can be talked to.
public protocol ChatModel: Sendable {
    var id: ModelID { get }

    /// Asks the model, hands every piece of its answer to `receive` as it comes, and returns the whole.
    ///
    /// Throws `ModelFault`, `CancellationError`, or what `receive` throws. Cancelling the task closes the transfer.
    func respond(to request: ChatRequest, receiving receive: @escaping ChatReceiver) async throws -> ChatResponse
}

extension ChatModel {
    /// Asks the model and waits for the whole answer.
    public func complete(_ request: ChatRequest) async throws -> ChatResponse {
        try await respond(to: request) { _ in }
    }

    /// The answer as a sequence, for readers that cannot take a closure. Ending the iteration closes the transfer.
    ///
    /// It buffers what is not read; a reader that may be slow should use `respond` instead.
    public func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        AsyncThrowingStream { stream in
            let asking = Task {
                do {
                    _ = try await respond(to: request) { stream.yield($0) }
                    stream.finish()
                } catch {
                    stream.finish(throwing: error)
                }
            }
            stream.onTermination = { _ in asking.cancel() }
        }
    }
}

/// A piece of an answer.
public enum ChatEvent: Hashable, Sendable {
    case text(String)
    /// What the call used; comes once, near the end.
    case usage(TokenUsage)
    /// The last event.
    case finished(FinishReason)
}

/// Why a model stopped.
public enum FinishReason: String, Hashable, Sendable, Codable {
    case stop, length, other
    case toolCalls = "tool_calls"
    case contentFilter = "content_filter"
}
