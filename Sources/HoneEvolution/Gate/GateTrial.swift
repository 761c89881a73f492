/// Today's prompt, or the one that wants its place.
public enum GateSide: String, Sendable, Hashable, Codable {
    case parent, child
}

/// One case for one prompt to do. Trials of the same case and repetition run with the same seed.
public struct GateTrial: Sendable, Hashable, Codable {
    public let caseID: String
    public let side: GateSide
    /// 0, or more when a control is asked again.
    public let repetition: Int

    public init(caseID: String, side: GateSide, repetition: Int = 0) {
        self.caseID = caseID
        self.side = side
        self.repetition = repetition
    }
}
