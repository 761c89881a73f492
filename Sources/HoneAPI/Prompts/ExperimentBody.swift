public import Foundation
public import HoneCore
public import HoneEvolution
public import HoneStore

/// A prompt put to the test.
public struct ExperimentBody: Codable, Sendable {
    public var id: ExperimentID
    public var agentID: AgentID
    @OrNull public var optimizationID: OptimizationID?
    public var promptID: PromptID
    @OrNull public var baselinePromptID: PromptID?
    @OrNull public var benchmark: String?
    public var kind: String
    public var status: String
    public var seed: Int64
    public var cases: Int
    public var done: Int
    public var passed: Int
    @OrNull public var results: JSONValue?
    public var createdAt: Date
    @OrNull public var completedAt: Date?

    enum CodingKeys: String, CodingKey {
        case id, benchmark, kind, status, seed, cases, done, passed, results
        case agentID = "agent_id"
        case optimizationID = "optimization_id"
        case promptID = "prompt_id"
        case baselinePromptID = "baseline_prompt_id"
        case createdAt = "created_at"
        case completedAt = "completed_at"
    }

    public init(_ record: ExperimentRecord) {
        id = record.id
        agentID = record.agentID
        optimizationID = record.optimizationID
        promptID = record.promptID
        baselinePromptID = record.baselinePromptID
        benchmark = record.benchmarkID
        kind = record.kind
        status = record.status
        seed = record.seed
        cases = record.cases
        done = record.done
        passed = record.passed
        results = record.results
        createdAt = record.createdAt
        completedAt = record.completedAt
    }
}

extension ExperimentBody {
    /// What came of it, where it is a gate that is decided.
    public var gate: GateResult? {
        guard kind == "gate", let results, let data = try? WireFormat.encode(results) else { return nil }
        return try? WireFormat.decode(GateResult.self, from: data)
    }
}
