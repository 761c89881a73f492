import HoneCore

/// What each part of a prompt is worth: the score with it minus the score without it, on the same cases with the same seeds.
///
/// It is kept as the results of an experiment of the kind `ablation`, of the whole prompt; the experiment's rows need not
/// hold the variants, which are not in the registry.
public struct AblationReport: Sendable, Hashable, Codable {
    public struct Part: Sendable, Hashable, Codable {
        public var part: PromptPart
        /// The part's words, cut where they are long.
        public var text: String
        /// The score of each case without the part; of what broke down there is none.
        public var scores: [String: Double]
        /// The mean of whole − without on the cases that both have; nil without any. Above zero the part helps.
        public var worth: Double?
        /// Whether that is proved at a chance of error of 0.05 in either direction (``TestMartingale``).
        public var isProved: Bool

        enum CodingKeys: String, CodingKey {
            case part, text, scores, worth
            case isProved = "proved"
        }
    }

    private static let longestText = 400
    /// Half of it for each direction.
    private static let errorChance = 0.05

    /// The score of each case with the whole prompt.
    public var whole: [String: Double]
    public var parts: [Part]

    /// `variants` are what ``PromptTemplate/ablations`` gave, with the score of each case.
    public init(whole: [String: Double], variants: [(part: PromptPart, text: String, scores: [String: Double])]) {
        self.whole = whole
        parts = variants.map { variant in
            let (worth, isProved) = Self.judge(whole, variant.scores)
            return Part(
                part: variant.part, text: String(variant.text.prefix(Self.longestText)), scores: variant.scores,
                worth: worth, isProved: isProved)
        }
    }

    /// The same report made anew from the scores it lists: equal, unless somebody changed it.
    public var recomputed: AblationReport {
        AblationReport(whole: whole, variants: parts.map { ($0.part, $0.text, $0.scores) })
    }

    private static func judge(_ whole: [String: Double], _ without: [String: Double]) -> (Double?, Bool) {
        // In an order that does not change, so that the sums do not either.
        let differences = without.keys.sorted().compactMap { id in whole[id].map { $0 - (without[id] ?? 0) } }
        guard !differences.isEmpty else { return (nil, false) }
        var (up, down) = (TestMartingale(), TestMartingale())
        for difference in differences {
            up.add(difference)
            down.add(-difference)
        }
        let isProved = up.proves(at: errorChance / 2) || down.proves(at: errorChance / 2)
        return (differences.reduce(0, +) / Double(differences.count), isProved)
    }
}
