import HoneCore
import HoneEvolution
import HoneStore

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
