public import HoneCore

/// What a proposed prompt must pass before anything is paid for it, as far as it can be seen without a model or a record.
public struct PromptGuardrails: Sendable {
    private let limits: GuardrailLimits

    public init(limits: GuardrailLimits = GuardrailLimits()) {
        self.limits = limits
    }

    /// Nil for a prompt that may be tried. `known` are prompts that were tried; `examples` texts of train cases, which a
    /// prompt may show whatever they say.
    public func refusal(
        of child: Genome, parent: Genome, known: [Genome], examples: Set<String> = []
    ) -> GuardrailRefusal? {
        length(of: child.template) ?? work(of: child.template)
            ?? variables(of: child.template, parent.template) ?? NonsenseScan().refusal(of: child.template)
            ?? InjectionScan().refusal(of: child.template, parent: parent.template, examples: examples)
            ?? NearDuplicate().refusal(of: child, among: known)
    }

    /// `left` is what the run may still spend, `answer` the longest answer in tokens; a price that nobody knows is nobody's
    /// to judge here.
    public func refusal(of child: Genome, answer: Int, price: ModelPrice?, left: MicroUSD?) -> GuardrailRefusal? {
        guard let price, let left else { return nil }
        let dollars =
            Double(tokens(of: child.template)) / 1_000 * price.inputPer1K + Double(answer) / 1_000 * price.outputPer1K
        guard MicroUSD(dollars: dollars) > left else { return nil }
        return GuardrailRefusal(.cost, "one trial may cost \(MicroUSD(dollars: dollars)), and \(left) is left")
    }

    private func length(of template: PromptTemplate) -> GuardrailRefusal? {
        guard !template.user.allSatisfy(\.isWhitespace) else {
            return GuardrailRefusal(.length, "it asks the model nothing")
        }
        for (part, text) in [("system", template.system ?? ""), ("user", template.user)]
        where text.count > limits.textCharacters {
            return GuardrailRefusal(
                .length, "\(part) has \(text.count) characters; at most \(limits.textCharacters)")
        }
        let tokens = tokens(of: template)
        guard tokens > limits.tokens else { return nil }
        return GuardrailRefusal(.length, "it has about \(tokens) tokens; at most \(limits.tokens)")
    }

    private func tokens(of template: PromptTemplate) -> Int {
        template.texts.reduce(0) { $0 + ($1.utf8.count + 3) / 4 }
    }

    private func work(of template: PromptTemplate) -> GuardrailRefusal? {
        let work = RenderingWork(limits: limits)
        return work.refusal(of: template.system ?? "") ?? work.refusal(of: template.user)
    }

    /// What uses the whole input uses its members.
    private func variables(of child: PromptTemplate, _ parent: PromptTemplate) -> GuardrailRefusal? {
        let used = inputs(of: child)
        let lost = inputs(of: parent).subtracting(used).sorted().first { path in
            !used.contains { path.hasPrefix($0 + ".") }
        }
        return lost.map { GuardrailRefusal(.variables, "its parent was given \($0), and it does not use that") }
    }

    private func inputs(of template: PromptTemplate) -> Set<String> {
        TemplateTags(template.system ?? "").inputs.union(TemplateTags(template.user).inputs)
    }
}
