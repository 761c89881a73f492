import HoneCore

/// Puts one of some tried wordings in the place of the instruction.
struct ChooseWording: PromptOperator {
    let name = "choose a wording"

    func apply(to genome: Genome, _ workshop: Workshop, using generator: inout SeededGenerator) -> Genome? {
        // What a small model sees first it takes for the answer, so that the order of the labels matters.
        let words = workshop.labels.map { genome.words(for: $0).shuffled(using: &generator) }
        let wordings = (words.map(Wordings.forLabels) ?? []) + Wordings.general
        guard let wording = wordings.filter({ $0 != genome.template.system }).randomElement(using: &generator) else {
            return nil
        }
        var child = genome
        child.template.system = wording
        return child
    }
}

/// Adds a sentence of general advice to the instruction.
struct AddSentence: PromptOperator {
    let name = "add a sentence"

    func apply(to genome: Genome, _ workshop: Workshop, using generator: inout SeededGenerator) -> Genome? {
        let system = genome.template.system ?? ""
        guard let sentence = Wordings.advice.filter({ !system.contains($0) }).randomElement(using: &generator) else {
            return nil
        }
        var child = genome
        child.template.system = system.isEmpty ? sentence : system + " " + sentence
        return child
    }
}

/// Leaves a sentence of the instruction out.
struct DropSentence: PromptOperator {
    let name = "drop a sentence"

    func apply(to genome: Genome, _ workshop: Workshop, using generator: inout SeededGenerator) -> Genome? {
        var sentences = Sentences.split(genome.template.system ?? "")
        guard sentences.count > 1, let place = sentences.indices.randomElement(using: &generator) else { return nil }
        // What the template needs stays.
        guard !sentences[place].contains("{{"), !sentences[place].contains("{%") else { return nil }
        sentences.remove(at: place)
        var child = genome
        child.template.system = sentences.joined()
        return child
    }
}

/// Text as sentences, each with what separates it from the next, so that joined they are the text again.
enum Sentences {
    static func split(_ text: String) -> [String] {
        var sentences: [String] = []
        var current = ""
        var isEnding = false
        for character in text {
            if isEnding, !character.isWhitespace, !".!?".contains(character) {
                sentences.append(current)
                current = ""
                isEnding = false
            }
            current.append(character)
            if ".!?\n".contains(character) { isEnding = true } else if !character.isWhitespace { isEnding = false }
        }
        return current.isEmpty ? sentences : sentences + [current]
    }
}

extension String {
    /// Without the white space around it.
    var core: Substring { self[...].core }
}

extension Substring {
    var core: Substring {
        drop { $0.isWhitespace }.dropLast(reversed().prefix { $0.isWhitespace }.count)
    }

    /// The last characters that pass.
    func suffix(while passes: (Character) -> Bool) -> Substring { suffix(reversed().prefix(while: passes).count) }
}
