import HoneCore

/// Turns one of the model's parameters by a step.
struct TurnParameter: PromptOperator {
    let name = "turn a parameter"

    func apply(to genome: Genome, _ workshop: Workshop, using generator: inout SeededGenerator) -> Genome? {
        var child = genome
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: child.parameters.temperature = [0, 0.3, 0.7, 1].randomElement(using: &generator)
        case 1: child.parameters.topP = [0.5, 0.9, 1].randomElement(using: &generator)
        default:
            guard let tokens = genome.parameters.maxTokens else { return nil }
            child.parameters.maxTokens = max(1, Bool.random(using: &generator) ? tokens * 2 : tokens / 2)
        }
        return child == genome ? nil : child
    }
}
