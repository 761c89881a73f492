public import HoneCore
import Stencil
import Synchronization

/// Turns prompt templates into the messages that are sent.
///
/// Templates are Stencil's; nothing is escaped, and the input is data: template marks in it stay as they are.
/// Compiled templates are kept, so that rendering costs microseconds.
public final class PromptRenderer: Sendable {
    private let compiled: Mutex<TemplateCache>

    /// `capacity` is how many compiled templates are kept.
    public init(capacity: Int = 512) {
        compiled = Mutex(TemplateCache(capacity: capacity))
    }

    /// The system text, the demonstrations as turns, and the user's turn, in this order. Of a conversation the earlier
    /// turns come before the last, unless the template names members of its input itself.
    public func messages(
        for template: PromptTemplate, input: JSONValue
    ) throws(PromptFault) -> [ChatMessage] {
        guard !template.user.contains("input."), let conversation = Conversation(input) else {
            return try messages(for: template, input: .json(input))
        }
        var messages = try messages(for: template, input: .json(.string(conversation.question)))
        messages.insert(contentsOf: conversation.earlier, at: messages.count - 1)
        return messages
    }

    /// Renders the template with a stand-in for the input; throws where a real rendering would, and where a template
    /// names what it is not given: that would be rendered as nothing.
    public func validate(_ template: PromptTemplate) throws(PromptFault) {
        _ = try messages(for: template, input: .dummy)
        for (part, text) in [("system", template.system ?? ""), ("user", template.user)] {
            if let stray = TemplateVariables.undefined(in: text, given: ["input"]).first {
                let reason = "nothing is called \(stray.name); a template is given input"
                throw PromptFault(part: part, line: stray.line, reason: reason)
            }
        }
    }

    private func messages(for template: PromptTemplate, input: Input) throws(PromptFault) -> [ChatMessage] {
        var messages: [ChatMessage] = []
        if let system = template.system, !system.isEmpty {
            messages.append(.system(try render(system, part: "system", input: input)))
        }
        for demonstration in template.demonstrations {
            messages.append(.user(demonstration.user))
            messages.append(.assistant(demonstration.assistant))
        }
        messages.append(.user(try render(template.user, part: "user", input: input)))
        return messages
    }

    private enum Input: Sendable {
        case json(JSONValue)
        case dummy

        var value: Any {
            switch self {
            case .json(let json): TemplateInput.value(of: json)
            case .dummy: DummyInput()
            }
        }
    }

    private func render(_ text: String, part: String, input: Input) throws(PromptFault) -> String {
        // A text without marks is the text.
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        let outcome = compiled.withLock { cache in
            Result { () throws(PromptFault) -> String in
                do {
                    return try cache.render(text, with: ["input": input.value])
                } catch {
                    throw PromptFault(error, in: part)
                }
            }
        }
        return try outcome.get()
    }
}

extension PromptFault {
    init(_ error: any Error, in part: String) {
        let fault = error as? TemplateSyntaxError
        let line = fault?.token.map { Int($0.sourceMap.location.lineNumber) }
        self.init(part: part, line: line == 0 ? 1 : line, reason: fault?.reason ?? "\(error)")
    }
}
