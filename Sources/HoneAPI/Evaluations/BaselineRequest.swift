public import HoneStore

/// Which evaluation others are to be compared with: this one, else the latest completed one (of the benchmark).
public struct BaselineRequest: Codable, Sendable {
    public var evaluationID: EvaluationID?
    public var benchmark: String?

    enum CodingKeys: String, CodingKey {
        case benchmark
        case evaluationID = "evaluation_id"
    }

    public init() {}
}
