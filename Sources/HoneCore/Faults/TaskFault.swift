/// A failure with its public code and a sentence for people. Never holds secrets, prompts or outputs.
public struct TaskFault: Error, Hashable, Sendable, Codable {
    public var code: ErrorCode
    public var message: String
    public var retryable: Bool

    public init(_ code: ErrorCode, _ message: String, retryable: Bool? = nil) {
        self.code = code
        self.message = message
        self.retryable = retryable ?? code.isRetryable
    }
}

extension TaskFault: CustomStringConvertible {
    public var description: String { "\(code.rawValue): \(message)" }
}
