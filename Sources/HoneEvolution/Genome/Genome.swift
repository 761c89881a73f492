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
    /// Whether two genomes say the same in a gene.
    func agrees(with other: Genome, in gene: Gene) -> Bool {
        switch gene {
        case .instruction: template.system == other.template.system
        case .question: template.user == other.template.user
        case .demonstrations: template.demonstrations == other.template.demonstrations
        case .labels: template.labels == other.template.labels
        case .answer: template.answer == other.template.answer
        case .parameters: parameters == other.parameters && template.parameters == other.template.parameters
        }
    }

    /// Takes a gene over.
    mutating func inherit(_ gene: Gene, from other: Genome) {
        switch gene {
        case .instruction: template.system = other.template.system
        case .question: template.user = other.template.user
        case .demonstrations: template.demonstrations = other.template.demonstrations
        case .labels: template.labels = other.template.labels
        case .answer: template.answer = other.template.answer
        case .parameters:
            parameters = other.parameters
            template.parameters = other.template.parameters
        }
    }
}
