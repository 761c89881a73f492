import HTTPTypes
import HoneCore
import HoneStore

/// What became of a chat's task.
struct ChatAnswer: Sendable {
    let text: String
    let agentID: AgentID
    let usage: TokenUsage
    let finishReason: String

    private static let reasons = ["stop", "length", "tool_calls", "content_filter"]

    init(text: String, agentID: AgentID, usage: TokenUsage, finishReason: String?) {
        self.text = text
        self.agentID = agentID
        self.usage = usage
        self.finishReason = finishReason.flatMap { Self.reasons.contains($0) ? $0 : nil } ?? "stop"
    }

    /// Nil for an attempt that failed.
    init?(_ execution: ExecutionRecord) {
        guard let output = execution.output else { return nil }
        self.init(
            text: output.string ?? (try? WireFormat.encode(output)).map { String(decoding: $0, as: UTF8.self) } ?? "",
            agentID: execution.agentID, usage: execution.usage, finishReason: execution.finishReason)
    }
}

extension Store {
    /// The answer to a task that is over. Throws the problem that it ended with.
    func chatAnswer(to id: TaskID) async throws -> ChatAnswer {
        if let answer = try await executions.load(id).last.flatMap(ChatAnswer.init) { return answer }
        throw Problem(chat: try await tasks.load(id)?.fault ?? TaskFault(.internal, "the task is not over"))
    }
}

extension Problem {
    /// Why a chat has no answer. The work was tried as often as it is worth: a client should not try it again by itself.
    init(chat fault: TaskFault) {
        self.init(status: Self.status(of: fault.code), code: fault.code.rawValue, detail: fault.message)
        headers.set("false", named: "x-should-retry")
    }

    private static func status(of code: ErrorCode) -> HTTPResponse.Status {
        switch code {
        case .invalidMessage, .constraintUnsatisfiable: .badRequest
        case .messageTooLarge: .contentTooLarge
        case .unknownAgent: .notFound
        case .cancelled: .conflict
        case .modelRateLimited, .costCapExceeded: .tooManyRequests
        case .noCapableAgent, .modelUnavailable: .serviceUnavailable
        case .modelError, .toolError: .badGateway
        case .deadlineExceeded, .timeout: .gatewayTimeout
        case .internal: .internalServerError
        }
    }
}
