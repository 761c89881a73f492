/// The labels of a task and the words that a model says for them.
public struct LabelWords: Hashable, Sendable {
    public struct Pair: Hashable, Sendable {
        /// What the check expects.
        public var label: String
        /// What the model is to say.
        public var word: String
    }

    /// In the order of the choices; without choices by label.
    public let pairs: [Pair]

    /// Nil for a template that names neither labels nor choices.
    public init?(_ template: PromptTemplate) {
        let words = template.labels ?? [:]
        var order = words.keys.sorted()
        if case .choices(let choices) = template.answer { order = choices }
        guard !order.isEmpty else { return nil }
        pairs = order.map { Pair(label: $0, word: words[$0] ?? $0) }
    }

    public var words: [String] { pairs.map(\.word) }

    public func word(for label: String) -> String? { pairs.first { $0.label == label }?.word }

    /// A text as the model is to say it: each label that stands in it as a word becomes its own word.
    public func said(_ text: String) -> String {
        var (result, rest) = ("", Substring(text))
        while let found = first(\.label, in: rest) {
            result += rest[..<found.range.lowerBound] + found.pair.word
            rest = rest[found.range.upperBound...]
        }
        return result + rest
    }

    /// What the model means: the label of the first of its words in the text, else the text as it is.
    public func meant(by text: String) -> String { first(\.word, in: Substring(text))?.pair.label ?? text }

    private typealias Finding = (pair: Pair, range: Range<Substring.Index>)

    /// The earliest that stands as a whole word, ignoring case; of several at one place the longest.
    private func first(_ side: KeyPath<Pair, String>, in text: Substring) -> Finding? {
        let found = pairs.compactMap { pair in text.firstWord(pair[keyPath: side]).map { (pair: pair, range: $0) } }
        return found.min {
            $0.range.lowerBound == $1.range.lowerBound
                ? $0.range.upperBound > $1.range.upperBound : $0.range.lowerBound < $1.range.lowerBound
        }
    }
}

extension Substring {
    /// Where `word` first stands between what is neither letter nor digit, ignoring case. What came before this slice counts.
    fileprivate func firstWord(_ word: String) -> Range<Index>? {
        guard !word.isEmpty else { return nil }
        var place = startIndex
        while place < endIndex {
            if let end = end(of: word, at: place), isEdge(place), isEdge(end) { return place..<end }
            place = index(after: place)
        }
        return nil
    }

    private func end(of word: String, at place: Index) -> Index? {
        var end = place
        for character in word {
            guard end < endIndex, self[end].isSame(as: character) else { return nil }
            end = index(after: end)
        }
        return end
    }

    /// Whether no word goes on across this place.
    private func isEdge(_ place: Index) -> Bool {
        guard place > base.startIndex, place < base.endIndex else { return true }
        return !(base[base.index(before: place)].isWordly && base[place].isWordly)
    }
}

extension Character {
    fileprivate var isWordly: Bool { isLetter || isNumber }

    fileprivate func isSame(as other: Character) -> Bool {
        if self == other { return true }
        guard let own = asciiValue, let others = other.asciiValue else { return lowercased() == other.lowercased() }
        return isLetter && own | 0x20 == others | 0x20
    }
}
