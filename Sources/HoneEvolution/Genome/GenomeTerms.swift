import HoneCore

extension Genome {
    /// The same prompt as another would say it: with that one's words for labels, and its examples put as that one's question
    /// puts inputs.
    func inTerms(of other: Genome) -> Genome {
        var same = saying(likewise: other)
        same.template.demonstrations = same.demonstrations(putBy: other.template.user)
        return same
    }

    /// With another's words for labels, wherever this one said its own.
    func saying(likewise other: Genome) -> Genome {
        guard template.labels != other.template.labels else { return self }
        let labels = Set((template.labels ?? [:]).keys).union((other.template.labels ?? [:]).keys).sorted()
        var child = saying(other.words(for: labels), for: labels)
        child.template.labels = other.template.labels
        return child
    }

    /// The examples as another question would put them. What is not put as this prompt's question puts it stays as it is.
    func demonstrations(putBy question: String) -> [Demonstration] {
        guard question != template.user, let old = QuestionForm(template.user), let new = QuestionForm(question) else {
            return template.demonstrations
        }
        return template.demonstrations.map { shown in
            guard let input = old.input(of: shown.user) else { return shown }
            return Demonstration(user: new.around(input), assistant: shown.assistant)
        }
    }

    /// What the model says for the labels now.
    func words(for labels: [String]) -> [String] {
        labels.map { template.labels?[$0] ?? $0 }
    }

    /// Instruction, question and the examples that it puts say the new words where they said the old.
    func saying(_ words: [String], for labels: [String]) -> Genome {
        var child = self
        let pairs = zip(self.words(for: labels), words).filter { $0 != $1 }
        child.template.system = template.system.map { WholeWords.replacing(pairs, in: $0) }
        child.template.user = WholeWords.replacing(pairs, in: template.user)
        child.template.demonstrations = demonstrations(putBy: child.template.user)
        child.template.labels =
            words == labels ? nil : Dictionary(zip(labels, words)) { first, _ in first }
        return child
    }
}

/// Words, or several in a row, that stand for themselves in a text: they are no part of a longer one, nor of a template's tag.
enum WholeWords {
    /// All at once, so that words may change places; of several that begin alike the longest.
    static func replacing(_ pairs: [(String, String)], in text: String) -> String {
        guard !pairs.isEmpty else { return text }
        let pairs = pairs.sorted { $0.0.count > $1.0.count }
        var (result, rest, isInside) = ("", text[...], false)
        while let next = rest.first {
            let found = isInside ? nil : pairs.first { rest.begins(withWord: $0.0) }
            let length = found?.0.count ?? rest.tag?.count ?? 1
            result += found?.1 ?? String(rest.prefix(length))
            rest = rest.dropFirst(length)
            isInside = found != nil || next.isPartOfWord
        }
        return result
    }
}

extension Substring {
    /// The tag that it begins with.
    fileprivate var tag: Substring? {
        guard first == "{" else { return nil }
        return prefixMatch(of: #/(?s)\{\{.*?\}\}|\{%.*?%\}/#)?.output
    }

    fileprivate func begins(withWord word: String) -> Bool {
        !word.isEmpty && hasPrefix(word) && !(dropFirst(word.count).first?.isPartOfWord ?? false)
    }
}

extension Character {
    fileprivate var isPartOfWord: Bool { isLetter || isNumber }
}
