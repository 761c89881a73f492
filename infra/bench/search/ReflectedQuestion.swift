import HoneCore

/// What a reflection model is asked, read back from the text of the question.
struct ReflectedQuestion {
    let prompt: String
    /// Cases that the prompt did not pass.
    let failed: [String]
    private let isOurs: Bool

    /// Nil for a text of neither form.
    init?(_ text: String) {
        isOurs = text.hasPrefix("The mark is ")
        guard let found = isOurs ? Self.ours(text) : Self.gepas(text) else { return nil }
        (prompt, failed) = found
    }

    func answer(_ edited: String) -> String {
        guard isOurs else { return "```\n\(edited)\n```" }
        let variation: JSONValue = ["kind": "add_section", "system": .string(edited), "examples": []]
        return JSONText.text(
            of: ["insight": ["name": "A rule", "description": "A rule is missing."], "variations": [variation]])
    }

    static func cases(in text: some StringProtocol) -> [String] {
        String(text).matches(of: #/Case ([a-z]+-\d+)\./#).map { String($0.1) }
    }

    private static func ours(_ text: String) -> (String, [String])? {
        guard let start = text.firstRange(of: "system: "), let end = text.firstRange(of: "\nuser: ") else { return nil }
        let failed = text.split(separator: "\nTask ").dropFirst().filter { !$0.hasPrefix(#/\d+, score 1.00/#) }
        return (String(text[start.upperBound..<end.lowerBound]), failed.flatMap { cases(in: $0.prefix(200)) })
    }

    /// `InstructionProposalSignature` of the package, version 0.1.4.
    private static func gepas(_ text: String) -> (String, [String])? {
        guard let start = text.firstRange(of: "```\n"),
            let end = text[start.upperBound...].firstRange(of: "\n```")
        else { return nil }
        let examples = text[end.upperBound...].split(separator: "# Example ").dropFirst()
        let failed = examples.filter { !$0.contains("is correct") }
        return (String(text[start.upperBound..<end.lowerBound]), failed.flatMap { cases(in: $0.prefix(200)) })
    }
}

extension Substring {
    fileprivate func hasPrefix(_ pattern: some RegexComponent) -> Bool { prefixMatch(of: pattern) != nil }
}
