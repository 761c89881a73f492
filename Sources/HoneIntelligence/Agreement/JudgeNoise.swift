/// How much a judge's scores of one and the same work differ from time to time.
public struct JudgeNoise: Hashable, Sendable {
    /// Pieces of work that were judged more than once.
    public let works: Int
    /// Verdicts on them.
    public let verdicts: Int
    /// The standard deviation within a piece of work, pooled over all of them; nil when none was judged twice.
    public let deviation: Double?

    /// All scores of each piece of work; one that has a single score says nothing.
    public init(_ works: some Sequence<[Double]>) {
        let repeated = works.filter { $0.count > 1 }.map { SampleMoments($0) }
        self.works = repeated.count
        verdicts = repeated.reduce(0) { $0 + $1.count }
        let freedom = verdicts - repeated.count
        deviation = freedom > 0 ? (repeated.reduce(0) { $0 + $1.squares } / Double(freedom)).squareRoot() : nil
    }
}
