public import HoneCore

extension JSONValue {
    /// A text as it is, anything else as JSON: how a task's input or output is shown to a judging model.
    public var promptText: String {
        if case .string(let text) = self { return text }
        return (try? WireFormat.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? kind
    }
}
