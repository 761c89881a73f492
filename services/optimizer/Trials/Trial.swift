import Foundation
import HoneCore
import HoneEvolution
import HoneMessages
import HoneStore

/// One case for one prompt to do. It names the case: what is in there, the executor finds out.
struct Trial: Hashable, Sendable {
    /// What it is for, and so which experiment it belongs to.
    enum Purpose: String, Sendable, CaseIterable {
        /// On train cases, which proposals are made from.
        case trial
        /// On validation cases, which choose among candidates.
        case validation
        /// On the sealed holdout, where a candidate must prove itself.
        case gate
    }

    var promptID: PromptID
    var caseID: String
    var purpose: Purpose
    /// Counted from 0: the same prompt and case once more.
    var repetition = 0
    /// Of a gate's trials, whose gate it is: its parent does the same cases anew, at the same time.
    var candidate: PromptID?
}

/// What trials are part of. All ids are made of it, so that whoever asks for a trial again asks for the same one.
struct TrialSeries: Sendable {
    let optimizationID: OptimizationID
    let agentID: AgentID
    let benchmarkID: String
    /// What production works with, which every prompt is compared with.
    let baseline: PromptID
    /// The run's.
    let seed: UInt64
    /// Trials that its money pays side by side, each at its worst: more would refuse each other.
    var mostOpen = Int.max

    func experiment(of trial: Trial) -> ExperimentID {
        ExperimentID(derivedFrom: optimizationID, "\(trial.purpose.rawValue)/\(trial.candidate ?? trial.promptID)")
    }

    /// Where it is kept.
    func place(of trial: Trial) -> TrialPlace {
        TrialPlace(
            experiment: experiment(of: trial),
            key: TrialKey(promptID: trial.promptID, caseID: trial.caseID, repetition: trial.repetition))
    }

    /// `tries` counts from 1.
    func task(of trial: Trial, tries: Int) -> TaskID {
        let gate = trial.candidate.map { "gate/\($0)/" } ?? ""
        let name = "trial/\(gate)\(trial.promptID)/\(trial.repetition)/\(trial.caseID)"
        return TaskID(derivedFrom: optimizationID, tries == 1 ? name : "\(name)/try/\(tries)")
    }

    /// The model's: equal for all prompts on the same case and repetition, so that they are compared in pairs.
    func modelSeed(of trial: Trial) -> Int64 {
        let place = optimizationID.uuid.derived("seed/\(seed)/\(trial.repetition)/\(trial.caseID)")
        return Int64(place.uuid.0) << 16 | Int64(place.uuid.1) << 8 | Int64(place.uuid.2)
    }
}

/// A trial as the record knows it.
struct TrialPlace: Hashable {
    let experiment: ExperimentID
    let key: TrialKey
}

/// How a trial ended.
enum TrialOutcome: Sendable, Hashable {
    case done(TrialResult)
    /// The machinery failed it more than once; it says nothing of the prompt.
    case brokeDown(TaskFault)
    /// A budget did not pay it; nor will it pay the next one.
    case unaffordable(TaskFault)
}

/// A trial that is over.
struct TrialReport: Sendable, Hashable {
    let trial: Trial
    let outcome: TrialOutcome
    /// What all of it cost, as far as prices are known: every attempt, and the judge.
    let spent: MicroUSD
}
