/// Between what bounds a share lies of which a sample was seen, with 95 % confidence (Wilson, JASA 22, 1927).
public struct ShareInterval: Sendable, Hashable, Codable {
    private static let z = 1.959963984540054

    public let low: Double
    public let high: Double

    /// `hits` of `trials`, of which there is at least one.
    public init(_ hits: Int, of trials: Int) {
        precondition(trials > 0 && (0...trials).contains(hits), "hits of trials")
        let (share, count, squared) = (Double(hits) / Double(trials), Double(trials), Self.z * Self.z)
        let middle = (share + squared / (2 * count)) / (1 + squared / count)
        let spread =
            Self.z / (1 + squared / count) * (share * (1 - share) / count + squared / (4 * count * count)).squareRoot()
        low = hits == 0 ? 0 : middle - spread
        high = hits == trials ? 1 : middle + spread
    }
}
