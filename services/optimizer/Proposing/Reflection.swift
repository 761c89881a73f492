import HoneCore
import HoneEvolution

/// What a reflection model made of one question.
struct Reflection: Codable, Sendable, Hashable {
    struct Variation: Codable, Sendable, Hashable {
        let genome: Genome
        /// What candidates of its kind are marked with.
        let maker: String
    }

    let variations: [Variation]
    /// Why others of it cannot be used: a closed set of names.
    let refusals: [String]
    private let costMicroUSD: Int64

    var cost: MicroUSD { MicroUSD(costMicroUSD) }

    init(_ answer: ReflectionAnswer, cost: MicroUSD?) {
        variations = answer.variations.map { Variation(genome: $0.genome, maker: $0.maker) }
        refusals = answer.refusals.map(\.name)
        costMicroUSD = (cost ?? .zero).rawValue
    }
}

extension ReflectionRefusal {
    fileprivate var name: String {
        switch self {
        case .garbage: "reflection_garbage"
        case .repeatsParent, .repeatsAnother: "reflection_repeats"
        case .unknownTask: "reflection_unknown_task"
        case .tooLong: "length"
        case .loses: "variables"
        case .copies: "leak"
        case .injection: "injection"
        }
    }
}
