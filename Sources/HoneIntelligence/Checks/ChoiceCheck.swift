/// Whether an answer begins with the expected label: `**Positive.** Because …` is the choice `positive`.
///
/// Case is ignored, and so is what surrounds a word and is neither letter nor digit nor part of the label itself
/// (so that `C++` differs from `C`). A label of several words is compared with as many words.
struct ChoiceCheck {
    let label: String

    func check(_ output: String) -> CheckResult {
        let expected = words(of: label)
        let found = words(of: output, limit: max(1, expected.count)).map(strip)
        let isRight = !expected.isEmpty && found == expected
        let shown = found.isEmpty ? "nothing" : "\"\(found.joined(separator: " ").prefix(40))\""
        return CheckResult(exact: isRight, detail: isRight ? "the choice is right" : "the choice is \(shown)")
    }

    private func words(of text: String, limit: Int = .max) -> [String] {
        text.lowercased().split(whereSeparator: \.isWhitespace).lazy
            .filter { strip(String($0)).isEmpty == false }.prefix(limit).map(String.init)
    }

    private func strip(_ word: String) -> String {
        let own = Set(label.lowercased())
        let isNoise = { (character: Character) in
            !character.isLetter && !character.isNumber && !own.contains(character)
        }
        guard let start = word.firstIndex(where: { !isNoise($0) }), let end = word.lastIndex(where: { !isNoise($0) })
        else { return "" }
        return String(word[start...end])
    }
}
