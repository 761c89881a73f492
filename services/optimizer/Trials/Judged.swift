import HoneCore
import HoneEvolution
import HoneIntelligence
import HoneStore

/// A trial whose task is over, and what that means.
struct Judged {
    /// Tasks that one trial may take.
    private static let mostTries = 2

    let trial: Trial
    let tries: Int
    let ending: TrialEnding

    /// Whether the machinery failed it, and it may go better.
    var isWorthAnotherTry: Bool {
        if case .brokeDown = outcome { tries < Self.mostTries } else { false }
    }

    var report: TrialReport { TrialReport(trial: trial, outcome: outcome, spent: ending.spent) }

    var entry: TrialEntry {
        switch outcome {
        case .done(let result):
            TrialEntry(
                taskID: ending.taskID, passed: result.passed, score: result.score, cost: ending.cost,
                durationSeconds: ending.durationSeconds, fault: fault)
        case .brokeDown(let fault), .unaffordable(let fault):
            TrialEntry(
                taskID: ending.taskID, passed: nil, score: nil, cost: ending.cost,
                durationSeconds: ending.durationSeconds, fault: fault)
        }
    }

    private var outcome: TrialOutcome {
        if let fault {
            if fault.code == .costCapExceeded { return .unaffordable(fault) }
            return fault.code.isPromptsDoing ? .done(result(score: 0, passed: false)) : .brokeDown(fault)
        }
        if ending.awaitsJudgement {
            return .unaffordable(TaskFault(.costCapExceeded, ending.feedback ?? "no budget pays the judge"))
        }
        // Of a sealed case no more comes back.
        if trial.purpose == .gate, let passed = ending.passed {
            return .done(result(score: passed ? 1 : 0, passed: passed))
        }
        // What a search maximises beside cost and time must not contain them.
        guard let passed = ending.passed, let quality = ScoreWeights.standard.quality(of: ending.scores) else {
            return .brokeDown(TaskFault(.internal, "nobody could score the answer"))
        }
        return .done(result(score: quality, passed: passed))
    }

    private func result(score: Double, passed: Bool) -> TrialResult {
        TrialResult(
            score: score, passed: passed, cost: ending.cost.map { Double($0.rawValue) },
            seconds: ending.durationSeconds ?? 0)
    }

    private var fault: TaskFault? {
        guard ending.status != .completed else { return nil }
        return TaskFault(ending.errorCode ?? .internal, ending.errorMessage ?? "the task did not end well")
    }
}

extension ErrorCode {
    /// An empty, refused or endless answer: what the prompt brought about, and so a failure of the prompt. Everything else
    /// would have happened to any prompt.
    fileprivate var isPromptsDoing: Bool { self == .modelError }
}
