/// All scores of a board by candidate and by case, in an order that is always the same.
struct ScoreTable: Sendable {
    struct Entry: Sendable {
        /// In a row the case, in a column the candidate.
        let place: Int
        let score: Double
    }

    /// By candidate.
    let rows: [[Entry]]
    /// By case.
    let columns: [[Entry]]

    init(_ board: Scoreboard, _ cases: [String]) {
        let places = Dictionary(uniqueKeysWithValues: cases.enumerated().map { ($0.element, $0.offset) })
        let rows = board.candidates.map { candidate in
            board.scores(of: candidate.number)
                .compactMap { id, score in places[id].map { Entry(place: $0, score: score) } }
                .sorted { $0.place < $1.place }
        }
        var columns = cases.map { _ in [Entry]() }
        for (number, row) in rows.enumerated() {
            for entry in row { columns[entry.place].append(Entry(place: number, score: entry.score)) }
        }
        self.rows = rows
        self.columns = columns
    }

    var mean: Double {
        let scores = rows.joined().map(\.score)
        return scores.isEmpty ? 0 : scores.reduce(0, +) / Double(scores.count)
    }
}

extension ScoreTable {
    /// Results that a guess at the variances weighs as much as.
    private static let doubt = 50.0
    /// Guesses: how often a child differs from its parent on a case, and the variance of scores.
    private static let difference = 0.3
    private static let spread = 0.22
    private static let least = 0.02

    /// The variances of scores on a case, and of the cases' ease, by moments: two independent scores differ in the square
    /// by twice the noise.
    func variances(_ families: [[Int]]) -> (noise: Double, ease: Double) {
        var (squares, count) = (Self.difference * Self.doubt, Self.doubt)
        for (child, parents) in families.enumerated() {
            guard let parent = parents.first else { continue }
            let known = Dictionary(uniqueKeysWithValues: rows[parent].map { ($0.place, $0.score) })
            for entry in rows[child] {
                guard let score = known[entry.place] else { continue }
                squares += (entry.score - score) * (entry.score - score)
                count += 1
            }
        }
        let noise = max(Self.least, squares / count / 2)
        return (noise, max(Self.least, Self.spread - noise))
    }
}
