public import HoneCore

extension PromptTemplate {
    /// What the endpoint is to force the answer into.
    public var responseFormat: ResponseFormat {
        switch answer {
        case nil: .text
        case .choices(let labels): .choice(LabelWords(self)?.words ?? labels)
        case .jsonSchema(let schema): .jsonSchema(name: ResponseFormat.choiceName, schema: schema)
        }
    }

    /// Whether the model's own words are not yet the answer.
    public var translates: Bool { LabelWords(self) != nil }

    /// The answer that the model's words stand for: a forced choice as plain text, a label's word as its label.
    public func reading(_ text: String) -> String {
        guard let words = LabelWords(self) else { return text }
        guard case .choices = answer else { return words.meant(by: text) }
        return words.meant(by: ResponseFormat.choice(in: text))
    }
}
