public import HoneCore
import HoneIntelligence

/// How much more somebody gives to some than to the rest, beside what others give for the same work.
public struct FavourBody: Codable, Sendable {
    public var count: Int
    public var others: Int
    /// With an interval as wide as the number of comparisons asks for.
    public var excess: AgreementBody.Ranged

    init(_ favour: Favour) {
        count = favour.count
        others = favour.others
        excess = AgreementBody.Ranged(favour.excess)
    }
}

/// Two agents that review each other.
public struct CollusionBody: Codable, Sendable {
    public var first: AgentID
    public var second: AgentID
    public var firstForSecond: FavourBody
    public var secondForFirst: FavourBody
    /// Both give the other more than chance explains.
    public var proven: Bool

    enum CodingKeys: String, CodingKey {
        case first, second, proven
        case firstForSecond = "first_for_second"
        case secondForFirst = "second_for_first"
    }

    init(_ pair: Collusion) {
        first = pair.first
        second = pair.second
        firstForSecond = FavourBody(pair.firstForSecond)
        secondForFirst = FavourBody(pair.secondForFirst)
        proven = pair.isProven
    }
}

/// A model that rates work of its own family and of others.
public struct SelfPreferenceBody: Codable, Sendable {
    public var model: ModelID
    public var family: String
    public var favour: FavourBody
    public var proven: Bool

    init(_ preference: SelfPreference) {
        model = preference.model
        family = preference.family.description
        favour = FavourBody(preference.favour)
        proven = preference.isProven
    }
}
