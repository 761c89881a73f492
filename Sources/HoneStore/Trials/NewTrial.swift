public import Foundation
public import HoneCore

/// One case that a prompt does: which row of `experiment_results` it is.
public struct TrialKey: Sendable, Hashable, Decodable {
    public var promptID: PromptID
    public var caseID: String
    /// Counted from 0: the same prompt and case once more.
    public var repetition: Int

    public init(promptID: PromptID, caseID: String, repetition: Int) {
        self.promptID = promptID
        self.caseID = caseID
        self.repetition = repetition
    }
}

/// A trial on its way into the record. It names its case; nobody has to know what is in there.
public struct NewTrial: Sendable {
    public var key: TrialKey
    public var experimentID: ExperimentID
    public var taskID: TaskID
    /// The message that brings the task.
    public var submissionID: UUID
    public var pin: TaskPin
    public var metadata: JSONValue
    /// 1 for the first task of the trial, 2 for the one after it broke down, and so on.
    public var tries: Int

    public init(
        key: TrialKey, experimentID: ExperimentID, taskID: TaskID, submissionID: UUID, pin: TaskPin,
        metadata: JSONValue, tries: Int
    ) {
        self.key = key
        self.experimentID = experimentID
        self.taskID = taskID
        self.submissionID = submissionID
        self.pin = pin
        self.metadata = metadata
        self.tries = tries
    }
}

/// What trials are kept under.
public enum ExperimentKind: String, Sendable, Codable, CaseIterable {
    case trial, validation, gate, canary, evaluation
}

/// A prompt that is put to the test by an optimization.
public struct NewExperiment: Sendable {
    public var id: ExperimentID
    public var optimizationID: OptimizationID
    public var promptID: PromptID
    public var baselinePromptID: PromptID?
    public var benchmarkID: String
    public var kind: ExperimentKind
    public var seed: Int64

    public init(
        id: ExperimentID, optimizationID: OptimizationID, promptID: PromptID, baselinePromptID: PromptID?,
        benchmarkID: String, kind: ExperimentKind, seed: Int64
    ) {
        self.id = id
        self.optimizationID = optimizationID
        self.promptID = promptID
        self.baselinePromptID = baselinePromptID
        self.benchmarkID = benchmarkID
        self.kind = kind
        self.seed = seed
    }
}
