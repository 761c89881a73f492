public import HoneCore
public import HoneEvolution
public import HoneStore

/// The parts of a prompt, and what each was found to be worth.
public struct AblationBody: Codable, Sendable {
    public struct Part: Codable, Sendable {
        public var part: PromptPart
        public var text: String
        /// The mean of whole − without; null where nobody has measured it.
        @OrNull public var worth: Double?
        @OrNull public var proved: Bool?
        /// The id that the prompt without this part has, where it is tried.
        public var withoutID: PromptID

        enum CodingKeys: String, CodingKey {
            case part, text, worth, proved
            case withoutID = "without_id"
        }
    }

    public var promptID: PromptID
    public var measured: Bool
    @OrNull public var experimentID: ExperimentID?
    public var parts: [Part]

    enum CodingKeys: String, CodingKey {
        case measured, parts
        case promptID = "prompt_id"
        case experimentID = "experiment_id"
    }

    /// Nil when there is no such prompt.
    public static func load(_ id: PromptID, from store: Store) async throws -> AblationBody? {
        guard let prompt = try await store.prompts.load(id)?.prompt else { return nil }
        let found = try await store.experiments.list(
            ExperimentFilter(promptID: id, kind: "ablation"), after: nil, limit: 50
        ).first { $0.results != nil }
        let report = found?.results.flatMap(AblationReport.init(results:))
        let known = Dictionary((report?.parts ?? []).map { ($0.part, $0) }) { first, _ in first }
        return AblationBody(
            promptID: id, measured: report != nil, experimentID: report == nil ? nil : found?.id,
            parts: prompt.template.ablations.map { part, text, without in
                Part(
                    part: part, text: text, worth: known[part]?.worth, proved: known[part]?.isProved,
                    withoutID: NewPrompt(agentID: prompt.agentID, template: without, actor: "").id)
            })
    }
}

extension AblationReport {
    /// What an experiment of the kind `ablation` has as its results.
    init?(results: JSONValue) {
        guard let report = try? WireFormat.decode(AblationReport.self, from: WireFormat.encode(results)) else {
            return nil
        }
        self = report
    }
}
