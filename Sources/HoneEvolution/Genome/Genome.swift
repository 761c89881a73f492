public import HoneCore

/// Everything about a prompt that a search may change.
public struct Genome: Sendable, Hashable, Codable {
    public var template: PromptTemplate
    public var parameters: ModelParameters

    public init(template: PromptTemplate, parameters: ModelParameters = ModelParameters()) {
        self.template = template
        self.parameters = parameters
    }
}

/// A part of a genome that is inherited whole when two prompts are merged.
public enum Gene: String, Sendable, Hashable, Codable, CaseIterable {
    /// The system text.
    case instruction
    /// How the input is put to the model.
    case question
    case demonstrations
    case parameters
}

extension Genome {
    /// Whether two genomes say the same in a gene.
    func agrees(with other: Genome, in gene: Gene) -> Bool {
        switch gene {
        case .instruction: template.system == other.template.system
        case .question: template.user == other.template.user
        case .demonstrations: template.demonstrations == other.template.demonstrations
        case .parameters: parameters == other.parameters
        }
    }

    /// Takes a gene over.
    mutating func inherit(_ gene: Gene, from other: Genome) {
        switch gene {
        case .instruction: template.system = other.template.system
        case .question: template.user = other.template.user
        case .demonstrations: template.demonstrations = other.template.demonstrations
        case .parameters: parameters = other.parameters
        }
    }
}
