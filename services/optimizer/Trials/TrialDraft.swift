import HoneBus
import HoneCore
import HoneMessages
import HoneStore

/// What a trial is made of: its place on record, and the message that brings its task to a router.
struct TrialDraft {
    let entry: NewTrial
    let experiment: NewExperiment
    /// It names the case: the task is on record, where the router reads what is in there.
    let message: Publication

    /// `tries` counts from 1.
    init(_ trial: Trial, tries: Int, in series: TrialSeries) throws {
        let (task, place) = (series.task(of: trial, tries: tries), series.place(of: trial))
        let pin = TaskPin(agentID: series.agentID, promptID: trial.promptID, seed: series.modelSeed(of: trial))
        let metadata: JSONValue = [
            "optimization_id": .string(series.optimizationID.description), "purpose": .string(trial.purpose.rawValue),
            "benchmark": .string(series.benchmarkID), "case_id": .string(trial.caseID),
        ]
        var body = TaskSubmitted(
            input: CaseReference(benchmark: series.benchmarkID, id: trial.caseID).input, taskID: task,
            priority: Trials.priority, pin: pin, metadata: metadata)
        body.experimentID = place.experiment
        message = try Publication(body, id: task.uuid.derived(TaskSubmitted.type))
        entry = NewTrial(
            key: place.key, experimentID: place.experiment, taskID: task, submissionID: message.messageID, pin: pin,
            metadata: metadata, tries: tries)
        experiment = NewExperiment(
            id: place.experiment, optimizationID: series.optimizationID, promptID: trial.candidate ?? trial.promptID,
            baselinePromptID: series.baseline, benchmarkID: series.benchmarkID, kind: trial.purpose.experimentKind,
            seed: Int64(bitPattern: series.seed))
    }
}

extension Trial.Purpose {
    fileprivate var experimentKind: ExperimentKind {
        switch self {
        case .trial: .trial
        case .validation: .validation
        case .gate: .gate
        }
    }
}
