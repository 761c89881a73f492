import HoneCore
import HoneService

/// Which model reflects, if any is able to.
struct ReflectionChoice: Sendable {
    /// Parameters, in billions, below which a model repeats a prompt rather than improves it.
    private static let fewestBillions = 3.0

    enum Verdict: Hashable, Sendable {
        case able(ModelID)
        case nobody(because: String)

        /// For people.
        var sentence: String {
            switch self {
            case .able(let model): "reflection by \(model)"
            case .nobody(let reason): "operators: \(reason)"
            }
        }
    }

    /// What the operator chose.
    let chosen: ModelID?

    func verdict(among directory: Directory) -> Verdict {
        verdict(among: directory.snapshot.models, directory.model(chosen: chosen))
    }

    func verdict(among models: [ModelID: ApprovedModel], _ id: ModelID?) -> Verdict {
        guard let id else { return .nobody(because: "no model is approved that could reflect") }
        guard let model = models[id] else {
            return .nobody(because: "HONE_REFLECTION_MODEL names \(id), which nobody approved")
        }
        guard model.provider != .echo else { return .nobody(because: "\(id) only repeats what it is told") }
        let sizes = [id.rawValue, model.model].compactMap(Self.billions)
        if let size = sizes.min(), size < Self.fewestBillions {
            return .nobody(because: "\(id) is too small a model to reflect")
        }
        return .able(id)
    }

    /// The size that a model's name tells: `smollm2-135m`, `qwen2.5-0.5b-instruct`.
    static func billions(in name: String) -> Double? {
        let sizes = name.lowercased().matches(of: /(?:^|[^a-z0-9.])(\d+(?:\.\d+)?)(m|b)(?![a-z0-9])/)
        return sizes.compactMap { match in
            Double(match.1).map { match.2 == "m" ? $0 / 1_000 : $0 }
        }.min()
    }
}
