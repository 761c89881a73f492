import HoneCore

/// A text as words: case, punctuation and spaces do not tell two texts apart.
struct PromptWords: Hashable {
    let words: [String]

    init(_ text: String) {
        words = text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }

    /// Every run of so many words; a shorter text is one run.
    func runs(of length: Int) -> Set<[String]> {
        guard words.count > length else { return words.isEmpty ? [] : [words] }
        return Set((0...(words.count - length)).map { Array(words[$0..<($0 + length)]) })
    }

    /// How many words one has and the other has not, each as often as it stands there.
    func changes(to other: PromptWords) -> Int {
        var counts: [String: Int] = [:]
        for word in words { counts[word, default: 0] += 1 }
        for word in other.words { counts[word, default: 0] -= 1 }
        return counts.values.reduce(0) { $0 + abs($1) }
    }

    /// The share of their runs that two texts have in common (Jaccard).
    func likeness(to other: PromptWords, runsOf length: Int) -> Double {
        let (mine, theirs) = (runs(of: length), other.runs(of: length))
        let union = mine.union(theirs).count
        return union == 0 ? 1 : Double(mine.intersection(theirs).count) / Double(union)
    }
}

extension PromptTemplate {
    /// All of its texts, in the order in which a model reads them.
    var texts: [String] {
        [system ?? ""] + demonstrations.flatMap { [$0.user, $0.assistant] } + [user]
    }
}
