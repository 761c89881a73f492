public import HoneCore

/// Whether a model that rates gives work of its own family more than raters of other families, checks and people give it.
public struct SelfPreference: Hashable, Sendable {
    public let model: ModelID
    public let family: ModelFamily
    public let favour: Favour

    public var isProven: Bool { favour.isProven }

    /// Every rating model of which enough is known: it must have rated work of its own family and of others, each with
    /// somebody beside it who is not its kin. The intervals are made for all models together.
    public static func models(
        in opinions: some Sequence<Opinion>, family: (ModelID) -> ModelFamily
    ) -> [SelfPreference] {
        let leanings = leanings(opinions, family)
        let known = leanings.filter { Favour($0.value.own, over: $0.value.rest, comparisons: 1) != nil }
        return known.compactMap { model, leaning in
            Favour(leaning.own, over: leaning.rest, comparisons: known.count).map {
                SelfPreference(model: model, family: family(model), favour: $0)
            }
        }.sorted { ($1.favour.excess.low, $0.model) < ($0.favour.excess.low, $1.model) }
    }

    private struct Leaning {
        var own = SampleMoments()
        var rest = SampleMoments()
    }

    private static func leanings(
        _ opinions: some Sequence<Opinion>, _ family: (ModelID) -> ModelFamily
    ) -> [ModelID: Leaning] {
        var values: [ModelID: (own: [Double], rest: [Double])] = [:]
        for work in EvenedOpinions(opinions).works {
            for evened in work {
                guard let model = evened.opinion.raterModel, let authorModel = evened.opinion.authorModel else {
                    continue
                }
                let kin = family(model)
                let strangers = work.filter { $0.opinion.raterModel.map(family) != kin }.map(\.score)
                guard !strangers.isEmpty else { continue }
                let leaning = evened.score - strangers.reduce(0, +) / Double(strangers.count)
                if family(authorModel) == kin {
                    values[model, default: ([], [])].own.append(leaning)
                } else {
                    values[model, default: ([], [])].rest.append(leaning)
                }
            }
        }
        return values.mapValues { Leaning(own: SampleMoments($0.own), rest: SampleMoments($0.rest)) }
    }
}
