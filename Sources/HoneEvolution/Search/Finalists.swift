extension SearchRun {
    /// The candidates to send to the gate, the best first: it, and others that are likely better than today's prompt and did
    /// all validation cases. Empty when no improvement was found.
    public func finalists(atMost count: Int) -> [Candidate] {
        let ranking = ranking
        let others = ranking.dropFirst().filter { board.isComplete($0, on: cases.validation) }
        return (ranking.prefix(1) + others).prefix(count).map { board.candidates[$0] }
    }
}
