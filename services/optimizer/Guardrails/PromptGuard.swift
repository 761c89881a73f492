import HoneCore
import HoneEvolution
import HoneModels
import HoneStore

/// Keeps proposed prompts from being tried that must not be, before anything is paid for a trial: the cheap looks first.
struct PromptGuard {
    /// What a proposal is looked at with.
    struct Proposal {
        let child: Genome
        let parent: Genome
        /// What was tried before, the parent included.
        let known: [Genome]
        let benchmark: String
        /// Texts of train cases.
        let examples: Set<String>
        /// The model that the trials would ask.
        let price: ModelPrice?
        /// What the run may still spend; nil: there is no cap.
        let left: MicroUSD?
    }

    /// The longest answer in tokens where the prompt sets no limit.
    private static let usualAnswer = 1_024

    let store: Store
    /// Nil where none is configured.
    let sanity: SanityCheck?
    private let guardrails = PromptGuardrails()
    private let renderer = PromptRenderer()

    init(store: Store, sanity: SanityCheck?) {
        self.store = store
        self.sanity = sanity
    }

    /// What costs nothing to find out. Nil for a prompt that may be tried, once a model has answered ``question(about:)``.
    func refusal(of proposal: Proposal) async throws -> GuardrailRefusal? {
        let (child, parent) = (proposal.child, proposal.parent)
        let answer = child.parameters.maxTokens ?? Self.usualAnswer
        if let refusal = guardrails.refusal(
            of: child, parent: parent, known: proposal.known, examples: proposal.examples)
            ?? guardrails.refusal(of: child, answer: answer, price: proposal.price, left: proposal.left)
            ?? syntax(of: child)
        {
            return refusal
        }
        return try await leak(proposal)
    }

    /// What an inexpensive model is to be asked of a prompt that nothing else refuses; nil where none is configured.
    func question(about proposal: Proposal) -> SanityQuestion? {
        sanity.map { _ in SanityQuestion(about: proposal.child.template, parent: proposal.parent.template) }
    }

    func answer(to question: SanityQuestion, payer: CallPayer) async throws -> SanityCheck.Answer {
        try await sanity?.answer(to: question, payer: payer) ?? .said(SanityVerdict(nil))
    }

    private func syntax(of child: Genome) -> GuardrailRefusal? {
        do {
            try renderer.validate(child.template)
            return nil
        } catch {
            return GuardrailRefusal(.syntax, "\(error)")
        }
    }

    /// What the parent shows already is not the child's doing.
    private func leak(_ proposal: Proposal) async throws -> GuardrailRefusal? {
        let copied = try await copies(in: proposal.child.template, of: proposal.benchmark)
        guard !copied.isEmpty else { return nil }
        let inherited = try await copies(in: proposal.parent.template, of: proposal.benchmark)
        guard let first = copied.first(where: { !inherited.contains($0) }) else { return nil }
        return GuardrailRefusal(.leak, "it has copied \(first.split.rawValue) case \(first.id)")
    }

    private func copies(in template: PromptTemplate, of benchmark: String) async throws -> [CopiedCase] {
        let examples = template.demonstrations.flatMap { [$0.user, $0.assistant] }
        // A word that stands between them belongs to no case.
        let text = ([template.system ?? ""] + examples + [template.user]).joined(separator: "\n\u{241E}\n")
        return try await store.benchmarks.cases(of: benchmark, copiedInto: text)
    }
}

extension PromptGuard {
    init(store: Store, models: ModelCatalog, sanity model: ModelID?) {
        self.init(store: store, sanity: model.map { SanityCheck(models: models, model: $0) })
    }
}
