public import Foundation
public import HoneCore
public import HoneStore

/// What an evaluation is to do. Everything but the benchmark may be left out.
public struct EvaluationRequest: Codable, Sendable {
    public var benchmark: String
    /// All cases when it is nil.
    public var split: BenchmarkSplit?
    /// The agent's production prompt when it is nil.
    public var promptID: PromptID?
    /// At most this many cases, by id.
    public var limit: Int?
    public var kind: EvaluationKind?

    enum CodingKeys: String, CodingKey {
        case benchmark, split, limit, kind
        case promptID = "prompt_id"
    }

    public init(
        benchmark: String, split: BenchmarkSplit? = nil, promptID: PromptID? = nil, limit: Int? = nil,
        kind: EvaluationKind? = nil
    ) {
        self.benchmark = benchmark
        self.split = split
        self.promptID = promptID
        self.limit = limit
        self.kind = kind
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        benchmark = try fields.decode(String.self, forKey: .benchmark)
        split = try fields.decodeWordIfPresent(BenchmarkSplit.self, forKey: .split)
        promptID = try fields.decodeIfPresent(PromptID.self, forKey: .promptID)
        limit = try fields.decodeIfPresent(Int.self, forKey: .limit)
        kind = try fields.decodeWordIfPresent(EvaluationKind.self, forKey: .kind)
    }

    public static let mostCases = 10_000

    /// Throws for what no benchmark could allow.
    public func validate() throws(InvalidValue) {
        guard let limit, !(1...Self.mostCases).contains(limit) else { return }
        throw InvalidValue(path: "limit", found: "\(limit)", expected: "1 to \(Self.mostCases)")
    }
}

/// An agent's way through a benchmark.
public struct EvaluationBody: Codable, Sendable {
    public var id: EvaluationID
    public var agentID: AgentID
    @OrNull public var promptID: PromptID?
    @OrNull public var benchmark: String?
    @OrNull public var split: BenchmarkSplit?
    @OrNull public var experimentID: ExperimentID?
    public var kind: EvaluationKind
    public var baseline: Bool
    public var optimized: Bool
    public var status: EvaluationStatus
    public var cases: Int
    /// Cases that are over.
    public var done: Int
    @OrNull public var passRate: Double?
    @OrNull public var avgConfidence: Double?
    @OrNull public var errorMessage: String?
    public var requestedBy: String
    public var createdAt: Date
    @OrNull public var completedAt: Date?
    /// One per case; null in lists.
    @OrNull public var results: [CaseResult]?
    /// Against the agent's baseline for the same cases; null in lists, and where there is none.
    @OrNull public var comparison: ComparisonBody?

    enum CodingKeys: String, CodingKey {
        case id, benchmark, split, kind, baseline, optimized, status, cases, done, results, comparison
        case agentID = "agent_id"
        case promptID = "prompt_id"
        case experimentID = "experiment_id"
        case passRate = "pass_rate"
        case avgConfidence = "avg_confidence"
        case errorMessage = "error_message"
        case requestedBy = "requested_by"
        case createdAt = "created_at"
        case completedAt = "completed_at"
    }

    /// `live` is how the cases of one that is running stand.
    public init(
        _ record: EvaluationRecord, live: [CaseResult]? = nil, withResults: Bool, comparison: ComparisonBody? = nil
    ) {
        let results = record.results ?? live
        id = record.id
        agentID = record.agentID
        promptID = record.promptID
        benchmark = record.benchmarkID
        split = record.split
        experimentID = record.experimentID
        kind = record.kind
        baseline = record.kind == .baseline
        optimized = record.kind == .optimized
        status = record.status
        cases = record.cases
        done = results?.count(where: \.isOver) ?? 0
        passRate = record.passRate
        avgConfidence = record.avgConfidence
        errorMessage = record.errorMessage
        requestedBy = record.requestedBy
        createdAt = record.createdAt
        completedAt = record.completedAt
        self.results = withResults ? results : nil
        self.comparison = comparison
    }
}
