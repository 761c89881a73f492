public import HoneCore

/// Who gets a task, with everything needed to replay the decision and to estimate another policy from it.
public struct RoutingDecision: Hashable, Sendable {
    public let chosen: AgentID
    /// In order of id; `scores` and `propensities` go with them.
    public let candidates: [AgentID]
    public let scores: [Double]
    public let propensities: [Double]
    public let policy: RoutingPolicyName
    public let seed: Int64
    /// Agents that could not take the task, in order of id.
    public let excluded: [ExcludedAgent]
    /// What the policy chose by, per candidate.
    public let beliefs: [UtilityBelief]
    public let isChosenOnProbation: Bool
    /// While all who can do the work are on probation, their share of it says nothing and is not held against them later.
    public let spendsProbationShare: Bool

    /// One sentence for the decision log.
    public var reason: String {
        let index = candidates.firstIndex(of: chosen) ?? 0
        let chance = "\(Int((propensities[index] * 100).rounded())) %"
        let others = excluded.isEmpty ? "" : ", \(excluded.count) excluded"
        return "\(policy.rawValue) chose \(chosen) of \(candidates.count) candidates (chance \(chance))\(others)"
    }
}

/// An agent that cannot take a task, and why.
public struct ExcludedAgent: Hashable, Sendable, CustomStringConvertible {
    public let agent: AgentID
    public let why: Exclusion

    public init(agent: AgentID, why: Exclusion) {
        self.agent = agent
        self.why = why
    }

    public var description: String { "\(agent) \(why)" }
}

/// Nobody gets the task.
public struct RoutingRefusal: Error, Hashable, Sendable {
    /// `no_capable_agent`, `constraint_unsatisfiable` or `unknown_agent`.
    public let code: ErrorCode
    /// Why each agent cannot take it, in order of id.
    public let excluded: [ExcludedAgent]
    /// Agents that the task names and that do not exist.
    public let unknown: [AgentID]

    /// For replies and dead letters.
    public var fault: TaskFault {
        let summary =
            switch code {
            case .unknownAgent: "no such agent: " + unknown.map(\.rawValue).joined(separator: ", ")
            case .constraintUnsatisfiable: "the task's constraints exclude every capable agent"
            default: "no agent can take this task"
            }
        let reasons = excluded.prefix(10).map(\.description).joined(separator: "; ")
        let rest = excluded.count > 10 ? "; and \(excluded.count - 10) more" : ""
        return TaskFault(code, reasons.isEmpty ? summary : "\(summary): \(reasons)\(rest)")
    }
}
