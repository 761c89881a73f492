public import HoneCore

/// Everything about a prompt that a search may change.
public struct Genome: Sendable, Hashable, Codable {
    /// The whole prompt: its words, demonstrations, label words, form of the answer, and parameters.
    public var template: PromptTemplate

    public init(template: PromptTemplate) {
        self.template = template
    }

    /// `parameters` take the place of the template's own.
    public init(template: PromptTemplate, parameters: ModelParameters) {
        self.template = template
        self.parameters = parameters
    }

    /// The template's own; those that are absent are the agent's.
    public var parameters: ModelParameters {
        get { template.parameters ?? ModelParameters() }
        set { template.parameters = newValue == ModelParameters() ? nil : newValue }
    }
}

/// A part of a genome that is inherited whole when two prompts are merged.
///
/// Genes depend on each other: instruction and question name the words that are said for labels, and examples are put as the
/// question puts inputs. So a gene is taken over in the terms of whoever takes it (``Genome/inTerms(of:)``).
public enum Gene: String, Sendable, Hashable, Codable, CaseIterable {
    /// The system text.
    case instruction
    /// How the input is put to the model.
    case question
    case demonstrations
    /// The words that are said for labels.
    case labels
    /// The form that the answer is forced into.
    case answer
    case parameters
}

extension Genome {
    /// Whether two genomes say the same in a gene: to take it over would change nothing.
    func agrees(with other: Genome, in gene: Gene) -> Bool {
        var child = self
        child.inherit(gene, from: other)
        return child == self
    }

    /// Takes a gene over, and with it what depends on it.
    mutating func inherit(_ gene: Gene, from other: Genome) {
        switch gene {
        case .instruction: template.system = other.inTerms(of: self).template.system
        case .question:
            let question = other.inTerms(of: self).template.user
            template.demonstrations = demonstrations(putBy: question)
            template.user = question
        case .demonstrations: template.demonstrations = other.inTerms(of: self).template.demonstrations
        case .labels: self = saying(likewise: other)
        case .answer: template.answer = other.template.answer
        case .parameters: template.parameters = other.template.parameters
        }
    }
}
