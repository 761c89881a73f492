import Foundation
import HoneCore
import HoneEvolution
import HoneStore

/// What the bundle is about: its first entry.
struct BundledHeader: Codable {
    var promptID: PromptID
    var agentID: AgentID
    var exportedAt: Date
    var exportedBy: String
    var honeVersion: String

    enum CodingKeys: String, CodingKey {
        case promptID = "prompt_id"
        case agentID = "agent_id"
        case exportedAt = "exported_at"
        case exportedBy = "exported_by"
        case honeVersion = "hone_version"
    }
}

/// One prompt, and what it was made of.
struct BundledPrompt: Codable {
    var id: PromptID
    var agentID: AgentID
    var agentType: String
    var version: String
    var template: PromptTemplate
    var madeBy: String
    var createdBy: String
    @OrNull var seed: Int64?
    @OrNull var experimentID: ExperimentID?
    var parents: [Parent]
    var labels: [String]
    var createdAt: Date
    @OrNull var state: PromptLifecycle?

    enum CodingKeys: String, CodingKey {
        case id, version, template, seed, parents, labels, state
        case agentID = "agent_id"
        case agentType = "agent_type"
        case madeBy = "made_by"
        case createdBy = "created_by"
        case experimentID = "experiment_id"
        case createdAt = "created_at"
    }

    struct Parent: Codable {
        var id: PromptID
        /// `mutation`, `crossover`, `merge` or `copy`.
        var role: String
    }

    init(_ history: PromptHistory, parents: [PromptParent]) {
        let stored = history.stored
        id = stored.prompt.id
        agentID = stored.prompt.agentID
        agentType = stored.agentType
        version = stored.prompt.version
        template = stored.prompt.template
        madeBy = history.madeBy
        createdBy = history.createdBy
        seed = history.seed
        experimentID = history.experimentID
        self.parents = parents.map { Parent(id: $0.parentID, role: $0.role) }
        labels = history.labels
        createdAt = stored.createdAt
        state = stored.lifecycle
    }
}

/// What a child says otherwise than one of its parents.
struct BundledDiff: Codable {
    var child: PromptID
    var parent: PromptID
    var hunks: [LineDiff.Hunk]
    var unified: String
}

/// A suite by the digests of its cases: what was asked is not in the bundle, yet nobody can exchange it.
struct BundledSuite: Codable {
    struct Case: Codable {
        var id: String
        var split: BenchmarkSplit
        var control: Bool
        var sha256: String
    }

    var id: String
    var category: HoneCore.Category
    var cases: [Case]
    /// Of the digests of the cases, in their order.
    var casesSHA256: String
    /// Of everything, the answers of the holdout as well: a digest of one case and its answer would let it be guessed.
    var contentsSHA256: String

    enum CodingKeys: String, CodingKey {
        case id, category, cases
        case casesSHA256 = "cases_sha256"
        case contentsSHA256 = "contents_sha256"
    }

    init(_ suite: BenchmarkSummary, _ items: [BenchmarkCase]) throws {
        id = suite.id
        category = suite.category
        cases = try items.map { item in
            let shown = item.split == .holdout ? nil : item.expected
            return Case(
                id: item.id, split: item.split, control: item.control,
                sha256: try Digest.of(json: Content(item, suite.id, expected: shown)))
        }
        casesSHA256 = Self.sum(of: cases)
        contentsSHA256 = try Digest.of(json: items.map { Content($0, suite.id, expected: $0.expected) })
    }

    static func sum(of cases: [Case]) -> String { Digest.of(Array(cases.map(\.sha256).joined(separator: "\n").utf8)) }

    private struct Content: Encodable {
        var benchmark: String
        var id: String
        var input: JSONValue
        var expected: Expectation?
        var split: BenchmarkSplit
        var control: Bool

        init(_ item: BenchmarkCase, _ benchmark: String, expected: Expectation?) {
            self.benchmark = benchmark
            id = item.id
            input = item.input
            self.expected = expected
            split = item.split
            control = item.control
        }
    }
}

/// An experiment with everything that came of it; a gate with what it was opened with.
struct BundledExperiment: Codable {
    var experiment: ExperimentBody
    var rows: [Row]
    /// What it was opened with, where it is a gate.
    @OrNull var gate: GateRecord?

    /// What became of one case with one prompt.
    struct Row: Codable {
        var caseID: String
        var promptID: PromptID
        var repetition: Int
        @OrNull var taskID: TaskID?
        /// Null where nothing could be learned.
        @OrNull var passed: Bool?
        @OrNull var score: Double?
        @OrNull var costMicroUSD: Int64?
        @OrNull var durationSeconds: Double?

        enum CodingKeys: String, CodingKey {
            case repetition, passed, score
            case caseID = "case_id"
            case promptID = "prompt_id"
            case taskID = "task_id"
            case costMicroUSD = "cost_micro_usd"
            case durationSeconds = "duration_seconds"
        }

        init(_ row: ExperimentRow) {
            caseID = row.caseID
            promptID = row.promptID
            repetition = row.repetition
            taskID = row.taskID
            passed = row.passed
            score = row.score
            costMicroUSD = row.cost?.rawValue
            durationSeconds = row.durationSeconds
        }
    }
}

/// What the parts of the prompt are worth, or that nobody has measured it.
struct BundledAblation: Codable {
    var measured: Bool
    var note: String
    @OrNull var experimentID: ExperimentID?
    @OrNull var report: AblationReport?

    enum CodingKeys: String, CodingKey {
        case measured, note, report
        case experimentID = "experiment_id"
    }
}
