import HoneCore
import HoneEvolution

/// All that a run needs to go on where it was: saved after every step. Equal runs end in equal bytes.
struct RunState: Codable, Sendable, Hashable {
    var search: SearchRun
    /// Rounds of proposals that have been answered.
    var generation = 0
    /// Trials that the machinery failed.
    var brokenTrials = 0
    /// Proposals that were not tried, by what kept them from it.
    var refused: [String: Int] = [:]
    var reflection = ReflectionRecord()
    /// Why nothing new is tried any more; nil while the search goes on.
    var closing: RunEnd?
    private var checkRecord: CheckRecord?
    private var spentMicroUSD: Int64 = 0
    private var gateMicroUSD: Int64?

    init(_ search: SearchRun) {
        self.search = search
    }

    /// What a model said of proposals that wait for their answer.
    var checks: CheckRecord {
        get { checkRecord ?? CheckRecord() }
        set { checkRecord = newValue == CheckRecord() ? nil : newValue }
    }

    /// What trials, proposals and the gate cost, as far as prices are known.
    var spent: MicroUSD {
        get { MicroUSD(spentMicroUSD) + gateSpent }
        set { spentMicroUSD = (newValue - gateSpent).rawValue }
    }

    /// Known when the gate is over.
    var gateSpent: MicroUSD {
        get { MicroUSD(gateMicroUSD ?? 0) }
        set { gateMicroUSD = newValue.rawValue }
    }

    /// Trials that were done and told.
    func rolloutsUsed(of budget: Int) -> Int { budget - search.rolloutsLeft }
}

/// How a run fared with its reflection model.
struct ReflectionRecord: Codable, Sendable, Hashable {
    var asked = 0
    /// Answers in a row that were of no use.
    var uselessInARow = 0
    /// Answers that are paid for and not used yet, by their proposals' numbers; nil for none.
    private var waiting: [Int: Reflection]?

    func has(_ proposal: Int) -> Bool { waiting?[proposal] != nil }

    /// Answers come in any order, and are used in that of the proposals.
    mutating func keep(_ answer: Reflection, to proposal: Int) {
        waiting = (waiting ?? [:]).merging([proposal: answer]) { $1 }
    }

    mutating func take(_ proposal: Int) -> Reflection? {
        let answer = waiting?.removeValue(forKey: proposal)
        if waiting?.isEmpty == true { waiting = nil }
        return answer
    }
}
