import HoneCore
import HoneIntelligence
import HoneModels

extension PromptTemplate {
    private static let mostLabels = 100
    private static let longestLabel = 200

    /// Throws where it cannot be rendered, or its answers could not be read, with the path of the part.
    func validate(at path: String) throws(InvalidValue) {
        do {
            try PromptRenderer().validate(self)
        } catch {
            let place = error.line.map { "in its line \($0): " } ?? ""
            throw InvalidValue(path: "\(path).\(error.part)", found: place + error.reason, expected: "a template")
        }
        try labels.map { labels throws(InvalidValue) in try Self.check(labels, at: "\(path).labels") }
        try checkAnswer(at: "\(path).answer")
        try checkLabelsBelong(at: path)
        try parameters?.validate(at: "\(path).parameters")
    }

    private static func check(_ labels: [String: String], at path: String) throws(InvalidValue) {
        guard (1...mostLabels).contains(labels.count) else {
            throw InvalidValue(
                path: path, found: "\(labels.count)", expected: "1 to \(mostLabels) labels, or none at all")
        }
        for (label, word) in labels.sorted(by: { $0.key < $1.key }) {
            try check(label, at: path)
            try check(word, at: "\(path).\(label)")
        }
        try checkDistinct(
            labels.sorted { $0.key < $1.key }.map(\.value), at: path, what: "a word of its own for each label")
    }

    private func checkAnswer(at path: String) throws(InvalidValue) {
        switch answer {
        case nil: break
        case .choices(let choices):
            let path = "\(path).choices"
            guard (1...Self.mostLabels).contains(choices.count) else {
                throw InvalidValue(path: path, found: "\(choices.count)", expected: "1 to \(Self.mostLabels) choices")
            }
            for (index, choice) in choices.enumerated() { try Self.check(choice, at: "\(path)[\(index)]") }
            try Self.checkDistinct(choices, at: path, what: "each choice once")
        case .jsonSchema(let schema):
            guard let fault = Expectation.jsonSchema(schema).fault else { break }
            let place = fault.path.replacing("expected.json_schema", with: "\(path).json_schema", maxReplacements: 1)
            throw InvalidValue(path: place, found: fault.found, expected: fault.expected)
        }
    }

    /// Labels and the form of the answer must speak of the same things.
    private func checkLabelsBelong(at path: String) throws(InvalidValue) {
        guard let labels, let answer else { return }
        guard case .choices(let choices) = answer else {
            throw InvalidValue(path: "\(path).labels", found: "labels", expected: "none where the answer is JSON")
        }
        if let stray = labels.keys.sorted().first(where: { !choices.contains($0) }) {
            throw InvalidValue(path: "\(path).labels.\(stray)", found: "\"\(stray)\"", expected: "one of the choices")
        }
        try Self.checkDistinct(
            LabelWords(self)?.words ?? [], at: "\(path).labels", what: "a word of its own for each choice")
    }

    private static func check(_ label: String, at path: String) throws(InvalidValue) {
        let isWord = label.contains { !$0.isWhitespace } && label.first?.isWhitespace == false
        guard isWord, label.last?.isWhitespace == false, label.count <= longestLabel else {
            throw InvalidValue(
                path: path, found: InvalidValue.summary(of: .string(label)),
                expected: "a text of 1 to \(longestLabel) characters without blanks around it")
        }
    }

    private static func checkDistinct(_ words: [String], at path: String, what: String) throws(InvalidValue) {
        var seen: Set<String> = []
        for word in words where !seen.insert(word.lowercased()).inserted {
            throw InvalidValue(path: path, found: "\"\(word)\" twice", expected: what)
        }
    }
}

extension ModelParameters {
    private static let mostTokens = Int(Int32.max)

    /// Throws for what no endpoint takes.
    func validate(at path: String) throws(InvalidValue) {
        try Self.check(temperature, 0...2, "\(path).temperature")
        try Self.check(topP, 0...1, "\(path).top_p")
        try Self.check(maxTokens, "\(path).max_tokens")
        guard let stop else { return }
        guard (1...16).contains(stop.count), !stop.contains("") else {
            throw InvalidValue(
                path: "\(path).stop", found: "\(stop.count)", expected: "1 to 16 texts, none of them empty")
        }
    }

    private static func check(_ tokens: Int?, _ path: String) throws(InvalidValue) {
        guard let tokens, !(1...mostTokens).contains(tokens) else { return }
        throw InvalidValue(path: path, found: "\(tokens)", expected: "1 to \(mostTokens)")
    }

    private static func check(_ value: Double?, _ range: ClosedRange<Double>, _ path: String) throws(InvalidValue) {
        guard let value, !range.contains(value) else { return }
        throw InvalidValue(
            path: path, found: "\(value)", expected: "\(Int(range.lowerBound)) to \(Int(range.upperBound))")
    }
}
