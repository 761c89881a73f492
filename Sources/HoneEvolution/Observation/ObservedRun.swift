public import HoneCore

/// One run of an agent, as far as it says whether the agent does its work.
public struct ObservedRun: Sendable, Hashable {
    public enum Outcome: Sendable, Hashable {
        case passed
        case failed(RunFailure)
        /// Nobody could tell, or it was not the agent's doing. Never counted as a failure.
        case unknown
    }

    public var task: TaskID
    public var category: HoneCore.Category
    public var outcome: Outcome
    /// Nil when its price is not known.
    public var cost: MicroUSD?

    public init(task: TaskID, category: HoneCore.Category, outcome: Outcome, cost: MicroUSD?) {
        self.task = task
        self.category = category
        self.outcome = outcome
        self.cost = cost
    }

    var failure: RunFailure? {
        if case .failed(let failure) = outcome { failure } else { nil }
    }
}

/// How a run failed.
public struct RunFailure: Sendable, Hashable {
    /// An error's code, or ``wrongAnswer``, ``poorWork``, ``missedError`` or ``falseAlarm``.
    public var code: String
    /// The step in which it happened; nil when it is not known.
    public var node: String?
    /// What was said of it: the error's message, or the feedback of the check, the judge or a person.
    public var words: String

    public init(code: String, node: String? = nil, words: String) {
        self.code = code
        self.node = node
        self.words = words
    }

    /// The check did not pass.
    public static let wrongAnswer = "wrong_answer"
    /// The judge did not let it pass.
    public static let poorWork = "poor_work"
    /// A reviewer was content with bad work.
    public static let missedError = "missed_error"
    /// A reviewer was not content with good work.
    public static let falseAlarm = "false_alarm"
}
