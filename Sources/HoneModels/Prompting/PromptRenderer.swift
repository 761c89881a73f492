public import HoneCore
import Stencil
import Synchronization

/// Turns prompt templates into the messages that are sent.
///
/// Templates are Stencil's, but a name that leads nowhere is a fault, and so is work without end; nothing is escaped, and the
/// input is data: template marks in it stay as they are. Compiled templates are kept, so that rendering costs microseconds.
public final class PromptRenderer: Sendable {
    private let compiled: Mutex<TemplateCache>

    /// `capacity` is how many compiled templates are kept.
    public init(capacity: Int = 512) {
        compiled = Mutex(TemplateCache(capacity: capacity))
    }

    /// The system text, the demonstrations as turns, and the user's turn, in this order; where a text of the template names
    /// `demonstrations`, they stand there instead. Of a conversation the earlier
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

    /// Checks a template before anybody pays for it: throws for what it names and is not given, also in branches that are
    /// seldom taken, and where rendering it with a stand-in for the input fails.
    public func validate(_ template: PromptTemplate) throws(PromptFault) {
        let given = ["input"] + (LabelWords(template) == nil ? [] : ["labels"]) + ["demonstrations"]
        for (part, text) in template.parts {
            try checkSyntax(of: text, part)
            if let stray = TemplateVariables.undefined(in: text, given: Set(given)).first {
                let reason = "nothing is called \(stray.name); a template is given \(given.joined(separator: ", "))"
                throw PromptFault(part: part, line: stray.line, reason: reason)
            }
        }
        _ = try messages(for: template, input: .dummy)
    }

    /// The names that a template takes from outside, such as `input`. One that does not parse uses none.
    public func variables(in template: PromptTemplate) -> Set<String> {
        Set(template.parts.flatMap { TemplateVariables.used(in: $0.text) }.map(\.name))
    }

    private func checkSyntax(of text: String, _ part: String) throws(PromptFault) {
        do {
            _ = try TemplateTokens(text)
        } catch {
            throw PromptFault(error, in: part)
        }
    }

    private func messages(for template: PromptTemplate, input: Input) throws(PromptFault) -> [ChatMessage] {
        let surroundings = Surroundings(template, input)
        var messages: [ChatMessage] = []
        if let system = template.system, !system.isEmpty {
            messages.append(.system(try render(system, part: "system", surroundings)))
        }
        if !placesDemonstrations(template) {
            for shown in surroundings.demonstrations { messages += [.user(shown.user), .assistant(shown.assistant)] }
        }
        messages.append(.user(try render(template.user, part: "user", surroundings)))
        return messages
    }

    /// Whether a text of the template says where they stand.
    private func placesDemonstrations(_ template: PromptTemplate) -> Bool {
        guard !template.demonstrations.isEmpty else { return false }
        return template.parts.contains { part in
            part.text.contains("demonstrations")
                && compiled.withLock { $0.names(in: part.text) }.contains("demonstrations")
        }
    }

    /// What the texts of a template can name.
    private struct Surroundings: Sendable {
        let input: Input
        let labels: LabelWords?
        /// As they are shown: in the words for the labels.
        let demonstrations: [Demonstration]

        init(_ template: PromptTemplate, _ input: Input) {
            let labels = LabelWords(template)
            self.input = input
            self.labels = labels
            demonstrations = template.demonstrations.map { shown in
                Demonstration(user: shown.user, assistant: labels?.said(shown.assistant) ?? shown.assistant)
            }
        }

        var variables: [String: Any] {
            let examples = demonstrations.map { shown -> JSONValue in
                ["user": .string(shown.user), "assistant": .string(shown.assistant)]
            }
            var variables = ["input": input.value, "demonstrations": TemplateInput.value(of: .array(examples))]
            variables["labels"] = labels.map(TemplateLabels.init)
            return variables
        }
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

    private func render(
        _ text: String, part: String, _ surroundings: Surroundings
    ) throws(PromptFault) -> String {
        // A text without marks is the text, and most prompts put the input to the model as it is.
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        if text == "{{ input }}", case .json(.string(let question)) = surroundings.input { return question }
        let outcome = compiled.withLock { cache in
            Result { () throws(PromptFault) -> String in
                do {
                    return try cache.render(text, with: surroundings.variables)
                } catch {
                    throw PromptFault(error, in: part)
                }
            }
        }
        return try outcome.get()
    }
}

extension PromptTemplate {
    fileprivate var parts: [(name: String, text: String)] { [("system", system ?? ""), ("user", user)] }
}

extension PromptFault {
    init(_ error: any Error, in part: String) {
        let fault = error as? TemplateSyntaxError
        let line = fault?.token.map { Int($0.sourceMap.location.lineNumber) }
        self.init(part: part, line: line == 0 ? 1 : line, reason: fault?.reason ?? "\(error)")
    }
}
