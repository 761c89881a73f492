/// A prompt template that cannot be rendered.
public struct PromptFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// `system` or `user`.
    public var part: String
    /// Counted from 1 within the part; nil when the fault has no place.
    public var line: Int?
    public var reason: String

    public init(part: String, line: Int? = nil, reason: String) {
        self.part = part
        self.line = line
        self.reason = reason
    }

    public var description: String {
        "\(part)\(line.map { ", line \($0)" } ?? ""): \(reason)"
    }
}
