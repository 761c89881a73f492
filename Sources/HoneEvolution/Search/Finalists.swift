extension SearchRun {
    /// The candidates to send to the gate, the best first: it, and others that did all validation cases better than
    /// today's prompt. Empty when no improvement was found.
    public func finalists(atMost count: Int) -> [Candidate] {
        let best = best
        guard best.number != 0 else { return [] }
        let today = score(of: 0)
        let others = board.candidates.filter { candidate in
            candidate.number != best.number && board.isComplete(candidate.number, on: cases.validation)
                && score(of: candidate.number) > today
        }
        let ranked = others.sorted { one, other in
            let (mine, theirs) = (score(of: one.number), score(of: other.number))
            return mine == theirs ? one.number < other.number : mine > theirs
        }
        return Array(([best] + ranked).prefix(count))
    }

    private func score(of candidate: Int) -> Double { board.meanScore(of: candidate, on: cases.validation) ?? 0 }
}
