/// What is looked at in a bundle.
public enum BundleCheck: String, Codable, Sendable, CaseIterable {
    /// Every entry is what the manifest says, and there is no other.
    case digests
    /// Each digest follows from those before it, and the last is the bundle's.
    case chain
    /// Every entry can be read.
    case entries
    /// A prompt's id follows from its agent and its words.
    case ids
    /// Every parent is there, and nobody is their own ancestor.
    case ancestry
    /// What a child says otherwise than its parent, applied to the parent, gives the child.
    case diffs
    /// The moves of a prompt follow each other, are legal, and end where it stands.
    case transitions
    /// The digests of a suite's cases add up, and every experiment is on cases of its suite.
    case cases
    /// What an experiment says of itself is what its rows say.
    case results
    /// Gates that are run again on the listed pairs say the same.
    case gates
    /// What the parts of the prompt are worth follows from the listed scores.
    case ablation

    /// In a few words, for people.
    public var meaning: String {
        switch self {
        case .digests: "entries are what the manifest says"
        case .chain: "each digest follows from those before it"
        case .entries: "entries can be read"
        case .ids: "ids follow from the words"
        case .ancestry: "every ancestor is there"
        case .diffs: "diffs applied to parents give the children"
        case .transitions: "moves are legal and end where the prompt stands"
        case .cases: "experiments are on cases of their suites"
        case .results: "experiments are what their rows say"
        case .gates: "gates run again say the same"
        case .ablation: "the worth of parts follows from the scores"
        }
    }
}

/// Something that a bundle cannot have been made with.
public struct BundleFault: Codable, Sendable, Hashable {
    public var check: BundleCheck
    /// The entry's name.
    public var place: String
    public var problem: String
}

/// What became of looking at a bundle.
public struct VerificationBody: Codable, Sendable {
    public struct Check: Codable, Sendable {
        public var check: BundleCheck
        /// How many things were looked at.
        public var looked: Int
        public var faults: Int
    }

    public var valid: Bool
    public var digest: String
    @OrNull public var promptID: String?
    public var checks: [Check]
    public var faults: [BundleFault]
    /// What is true and should be known: what nobody measured, what cannot be told without other means.
    public var notes: [String]

    enum CodingKeys: String, CodingKey {
        case valid, digest, checks, faults, notes
        case promptID = "prompt_id"
    }
}
