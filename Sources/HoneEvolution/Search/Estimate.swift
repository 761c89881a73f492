extension SearchBench {
    /// How many cases' worth of doubt a gain is met with.
    private static var doubt: Double { 10 }

    /// What a candidate's mean on the validation cases would be: its ancestor's, and the gain over that on the cases both
    /// have done, shrunk as ``doubt`` says. So a few lucky cases make nobody the best.
    func estimate(_ candidate: Int) -> Double {
        guard let reference = reference(of: candidate) else { return mean(candidate) }
        let gains = paired(reference, candidate, on: cases.validation).map { $0.1 - $0.0 }
        return estimate(reference) + gains.reduce(0, +) / (Double(gains.count) + Self.doubt)
    }

    /// The one with the best estimate, of equals the latest: it was accepted for a gain elsewhere.
    func best(of pool: [Int]) -> Int {
        let worth = pool.map { ($0, estimate($0)) }
        return worth.max { $0.1 == $1.1 ? $0.0 < $1.0 : $0.1 < $1.1 }?.0 ?? 0
    }

    /// The ancestor that did most of the same validation cases, of equals the latest; nil for today's prompt.
    private func reference(of candidate: Int) -> Int? {
        let ancestors = board.lineage(of: candidate).filter { $0 != candidate }
        let shared = ancestors.map { ($0, paired($0, candidate, on: cases.validation).count) }
        return shared.max { $0.1 == $1.1 ? $0.0 < $1.0 : $0.1 < $1.1 }?.0
    }
}
