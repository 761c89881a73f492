/// The board in one view: a page of standings, and what is doubtful about its first place.
public struct LeaderboardBody: Encodable, Sendable {
    public let view: String
    public let flipsToLoseFirst: Int?
    public let page: Page<StandingBody>

    enum CodingKeys: String, CodingKey {
        case view
        case flipsToLoseFirst = "flips_to_lose_first"
    }

    public func encode(to encoder: any Encoder) throws {
        try page.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(view, forKey: .view)
        try container.encode(flipsToLoseFirst, forKey: .flipsToLoseFirst)
    }
}

extension LeaderboardView {
    public var body: LeaderboardBody {
        LeaderboardBody(
            view: view, flipsToLoseFirst: flipsToLoseFirst,
            page: Page(items: rows.map(StandingBody.init), nextCursor: nil))
    }
}
