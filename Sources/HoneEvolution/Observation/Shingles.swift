/// A text as the set of its pairs of neighbouring words (Broder, SEQUENCES 1997), for telling whether two texts say the
/// same. Numbers are all alike, so that ids and counts do not keep two equal failures apart.
struct Shingles: Sendable, Hashable {
    private let pairs: Set<String>

    init(_ text: String) {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map { word in
            word.contains(where: \.isNumber) ? "#" : String(word)
        }
        pairs = words.count < 2 ? Set(words) : Set(zip(words, words.dropFirst()).map { "\($0) \($1)" })
    }

    /// The share of pairs that both have among those that one has (Jaccard); 1 for two empty texts.
    func similarity(to other: Shingles) -> Double {
        let shared = pairs.intersection(other.pairs).count
        let all = pairs.count + other.pairs.count - shared
        return all == 0 ? 1 : Double(shared) / Double(all)
    }
}
